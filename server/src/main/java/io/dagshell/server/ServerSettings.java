package io.dagshell.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param address to listen on; a loopback address unless {@code open} says otherwise
 * @param port 0 for any free one
 * @param open whether other machines may be let in: whoever has the token may then do everything
 * @param keepRuns how long runs that are over are kept, a day at least; empty for ever
 */
public record ServerSettings(InetAddress address, int port, boolean open, Optional<Duration> keepRuns) {
    /** The port people know. */
    public static final int PORT = 4200;

    public ServerSettings {
        if (keepRuns.isPresent() && keepRuns.get().compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("Runs are kept for a day or longer.");
        }
        if (!open && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("The server listens on loopback addresses only; "
                    + address.getHostAddress() + " can be reached from other machines. Say --open if that is meant.");
        }
    }

    /** On the loopback address. */
    public static ServerSettings local(int port) {
        return new ServerSettings(InetAddress.getLoopbackAddress(), port, false, Optional.empty());
    }
}
