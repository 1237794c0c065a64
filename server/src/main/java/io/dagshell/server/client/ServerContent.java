package io.dagshell.server.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A file on its way from the server. What breaks it off, or sends nothing of it for a while, is a {@link
 * ServerAwayException}, and no fault of the disk the file goes to. Read by one thread.
 */
final class ServerContent extends FilterInputStream {
    private final URI url;
    private final Duration patience;

    /** @param patience with a server that sends nothing */
    ServerContent(InputStream content, URI url, Duration patience) {
        super(content);
        this.url = url;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        CompletableFuture<Void> reading = new CompletableFuture<>();
        reading.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, late) -> {
            if (late != null) {
                giveUp();
            }
        });
        try {
            return in.read(bytes, offset, length);
        } catch (IOException broken) {
            String why = reading.isCompletedExceptionally()
                    ? "sent nothing for " + patience.toSeconds() + " s"
                    : "broke off: " + broken.getMessage();
            throw new ServerAwayException("The server at " + url + " " + why + ".", broken);
        } finally {
            reading.complete(null);
        }
    }

    /** Ends the read that waits. */
    private void giveUp() {
        try {
            in.close();
        } catch (IOException closed) {
            // The read fails all the same.
        }
    }
}
