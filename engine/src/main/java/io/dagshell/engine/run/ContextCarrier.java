package io.dagshell.engine.run;

/** Port: makes work on another thread count as work of the thread that hands it over (output of the kernel's cell, interrupts). */
public interface ContextCarrier {

    Runnable carry(Runnable work);

    static ContextCarrier none() {
        return work -> work;
    }
}
