package io.dagshell.engine.run;

import io.dagshell.engine.Work;

/**
 * A sequence of code whose calls are numbered together: a cell, the body of one attempt, or one branch of a {@code
 * map} or {@code submit}. Used by the thread that runs it, and by threads that one starts; its parts guard themselves.
 */
final class Scope {
    private final Frame frame;
    private final CallCancellation cancellation;
    private final Numbering numbering;
    private final Slots slots;
    private final Submissions submissions = new Submissions();
    private volatile boolean over;

    Scope(Frame frame, CallCancellation cancellation, Numbering numbering, Slots slots) {
        this.frame = frame;
        this.cancellation = cancellation;
        this.numbering = numbering;
        this.slots = slots;
    }

    Frame frame() {
        return frame;
    }

    CallCancellation cancellation() {
        return cancellation;
    }

    Numbering numbering() {
        return numbering;
    }

    Slots slots() {
        return slots;
    }

    Submissions submissions() {
        return submissions;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /** Runs {@code work} and then waits for all it submitted; when it fails, what it submitted is cancelled first. */
    <R> R complete(Work<R> work) throws Exception {
        try {
            R value = work.run();
            submissions.join();
            return value;
        } catch (PausedError paused) {
            // What goes on beside the question has its value when the run goes on.
            submissions.settle();
            throw paused;
        } catch (Throwable failure) {
            submissions.abandon();
            throw failure;
        } finally {
            over = true;
        }
    }

    /** Runs {@code work} as a branch of this scope, on the calling thread. */
    <R> R branch(Ambient here, CallCancellation above, Numbering place, Work<R> work) throws Exception {
        try (CallCancellation own = above.below();
                Cancellation.Registration thread = own.attachThread()) {
            own.check();
            Scope branch = new Scope(frame, own, place, slots);
            try (Ambient.Binding bound = here.in(branch).bind()) {
                return branch.complete(work);
            }
        }
    }
}
