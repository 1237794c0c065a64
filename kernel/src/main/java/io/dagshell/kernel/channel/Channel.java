package io.dagshell.kernel.channel;

import io.dagshell.kernel.protocol.Connection.Ports;
import org.zeromq.SocketType;

/** The sockets of a kernel, in the order in which they are looked at. */
public enum Channel {
    HEARTBEAT(SocketType.REP),
    CONTROL(SocketType.ROUTER),
    STDIN(SocketType.ROUTER),
    /** XPUB rather than PUB: it tells who subscribed. */
    IOPUB(SocketType.XPUB),
    SHELL(SocketType.ROUTER);

    private final SocketType type;

    Channel(SocketType type) {
        this.type = type;
    }

    SocketType type() {
        return type;
    }

    int port(Ports ports) {
        return switch (this) {
            case HEARTBEAT -> ports.heartbeat();
            case CONTROL -> ports.control();
            case STDIN -> ports.stdin();
            case IOPUB -> ports.iopub();
            case SHELL -> ports.shell();
        };
    }
}
