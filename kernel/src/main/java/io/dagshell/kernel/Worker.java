package io.dagshell.kernel;

import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A daemon thread that does one job after the other and outlives whatever a job throws. */
final class Worker {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final BlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();

    Worker(String name) {
        Thread thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    void add(Runnable job) {
        jobs.add(job);
    }

    private void work() {
        while (true) {
            try {
                jobs.take().run();
            } catch (InterruptedException nobodyShould) {
                LOG.log(Level.DEBUG, "interrupted between two jobs", nobodyShould);
            } catch (RuntimeException | Error atTheEdge) {
                LOG.log(Level.ERROR, "a request got no answer", atTheEdge);
            }
        }
    }
}
