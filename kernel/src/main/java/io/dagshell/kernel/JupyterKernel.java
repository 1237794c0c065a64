package io.dagshell.kernel;

import io.dagshell.kernel.channel.Channels;
import io.dagshell.kernel.protocol.Connection;
import io.dagshell.kernel.protocol.Signature;
import io.dagshell.kernel.protocol.Wire;
import io.dagshell.kernel.session.JavaSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A kernel that clients can talk to.
 *
 * <pre>{@code
 * try (JupyterKernel kernel = JupyterKernel.start(Connection.read(file), about, place, () -> session)) {
 *     kernel.awaitEnd();
 * }
 * }</pre>
 *
 * <p>It answers as soon as it is started; the Java session is opened meanwhile, and the first cell waits for it. What
 * ends with the kernel is told by {@link #awaitEnd}; the session belongs to whoever opened it.
 */
public final class JupyterKernel implements AutoCloseable {
    private final Channels channels;
    private final History history;
    private final CountDownLatch ended = new CountDownLatch(1);

    private JupyterKernel(Channels channels, History history) {
        this.channels = channels;
        this.history = history;
    }

    /**
     * Where a kernel runs.
     *
     * @param notebook file name, or empty when it is not known
     * @param history file that keeps the cells of all kernels, or none
     */
    public record Place(String notebook, Optional<Path> history) {}

    /** Opens the Java session of a kernel, on the thread that will run the cells. */
    @FunctionalInterface
    public interface Opening {
        JavaSession open() throws Exception;
    }

    /**
     * Binds the sockets and begins to answer.
     *
     * @param place where it runs
     * @throws IOException the ports cannot be bound
     */
    public static JupyterKernel start(Connection connection, About about, Place place, Opening opening)
            throws IOException {
        Channels channels = Channels.bind(connection, new Wire(Signature.of(connection)));
        History history = new History(place.history());
        JupyterKernel kernel = new JupyterKernel(channels, history);
        SessionSlot slot = new SessionSlot(opening);
        Activity activity = new Activity();
        StandardInput input = new StandardInput();
        Cells cells = new Cells(slot, input, history, place.notebook());
        Subshells shells = new Subshells(() -> new CellQueue(slot, activity, cells));
        Desk desk = new Desk(
                channels,
                activity,
                input,
                shells,
                new Assistant(slot, activity, history),
                new Controller(shells, activity, kernel.ended::countDown),
                new KernelFacts(about, connection));
        channels.start(desk);
        shells.start();
        return kernel;
    }

    /** Waits until a client shuts the kernel down or {@link #end} is called. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends it as a client would. */
    public void end() {
        ended.countDown();
    }

    /** Sends what is still to be sent, and closes the sockets. */
    @Override
    public void close() throws IOException {
        end();
        channels.close();
        history.close();
    }
}
