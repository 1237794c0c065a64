package io.dagshell.engine.run;

/** Reports how far a call has come. Cheap to call often: reports are thinned to a few a second. Thread-safe. */
public interface Progress {

    /**
     * @param done so far, in {@code unit}
     * @param total expected, or negative if unknown
     * @param unit plural noun: {@code rows}, {@code bytes}; what else is worth telling may follow a comma
     */
    void report(long done, long total, String unit);

    static Progress none() {
        return (done, total, unit) -> {};
    }
}
