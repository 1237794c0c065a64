package io.dagshell.server.client;

/** The server understood and says no; the message is its sentence. */
public final class ServerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    ServerRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }
}
