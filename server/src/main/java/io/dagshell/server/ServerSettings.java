package io.dagshell.server;

import java.net.InetAddress;

/**
 * How a server is started.
 *
 * @param address to listen on; a loopback address unless {@code open} says otherwise
 * @param port 0 for any free one
 * @param open whether other machines may be let in: whoever has the token may then do everything
 */
public record ServerSettings(InetAddress address, int port, boolean open) {
    /** The port people know. */
    public static final int PORT = 4200;

    public ServerSettings {
        if (!open && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("The server listens on loopback addresses only; "
                    + address.getHostAddress() + " can be reached from other machines. Say --open if that is meant.");
        }
    }

    /** On the loopback address. */
    public static ServerSettings local(int port) {
        return new ServerSettings(InetAddress.getLoopbackAddress(), port, false);
    }
}
