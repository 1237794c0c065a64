package io.dagshell.server;

import io.dagshell.server.tls.ServerCertificate;
import io.dagshell.store.access.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param address to listen on; a loopback address unless {@code certificate} or {@code open} lets other machines in
 * @param port 0 for any free one
 * @param open whether other machines may be let in without TLS: whoever has the token may do everything, and whoever
 *     listens on the way has the token
 * @param keeping how much of the history is kept
 * @param certificate for TLS; empty for plain HTTP
 * @param sessions how long people stay logged in, once there are users
 */
public record ServerSettings(
        InetAddress address,
        int port,
        boolean open,
        Keeping keeping,
        Optional<ServerCertificate> certificate,
        Session.Limits sessions) {
    /** The port people know. */
    public static final int PORT = 4200;

    public ServerSettings {
        if (!open && certificate.isEmpty() && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("Without TLS the server listens on loopback addresses only; "
                    + address.getHostAddress() + " can be reached from other machines, and whoever listens on the way"
                    + " could read the token. Give --tls-certificate and --tls-key, or say --open if something else"
                    + " protects the way.");
        }
    }

    /** On the loopback address, without TLS. */
    public static ServerSettings local(int port) {
        return new ServerSettings(
                InetAddress.getLoopbackAddress(),
                port,
                false,
                Keeping.all(),
                Optional.empty(),
                Session.Limits.defaults());
    }

    /** The same, but listening there. */
    public ServerSettings withAddress(InetAddress other) {
        return new ServerSettings(other, port, open, keeping, certificate, sessions);
    }

    /** The same, but letting other machines in without TLS. */
    public ServerSettings withOpen() {
        return new ServerSettings(address, port, true, keeping, certificate, sessions);
    }

    /** The same, but keeping runs that are over for so long. */
    public ServerSettings withKeepRuns(Duration kept) {
        return new ServerSettings(address, port, open, keeping.withRuns(kept), certificate, sessions);
    }

    /** The same, but keeping so much of the history. */
    public ServerSettings withKeeping(Keeping other) {
        return new ServerSettings(address, port, open, other, certificate, sessions);
    }

    /** The same, but over TLS. */
    public ServerSettings withCertificate(ServerCertificate shown) {
        return new ServerSettings(address, port, open, keeping, Optional.of(shown), sessions);
    }

    /** The same, but with people logged in for so long. */
    public ServerSettings withSessions(Session.Limits other) {
        return new ServerSettings(address, port, open, keeping, certificate, other);
    }
}
