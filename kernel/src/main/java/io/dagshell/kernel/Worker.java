package io.dagshell.kernel;

import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A daemon thread that does one job after the other and outlives whatever a job throws. */
final class Worker {

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
                System.getLogger(Worker.class.getName()).log(Level.DEBUG, "interrupted between two jobs", nobodyShould);
            } catch (RuntimeException | Error atTheEdge) {
                System.getLogger(Worker.class.getName()).log(Level.ERROR, "a request got no answer", atTheEdge);
            }
        }
    }
}
