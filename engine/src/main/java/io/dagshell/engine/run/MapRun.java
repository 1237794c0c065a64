package io.dagshell.engine.run;

import io.dagshell.engine.Work;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One {@code map}: the caller and helpers take items in order until none is left. The first failure stops the others, one that waits
 * for an approval does not;
 * the map returns when all that began have ended. Guarded by itself.
 */
final class MapRun<T, R> {
    private final Ambient here;
    private final List<T> items;
    private final Work.Each<? super T, ? extends R> work;
    private final Function<Integer, Numbering> places;
    private final CallCancellation cancellation;
    private final @Nullable Object[] results;
    private int next;
    private int active;
    private int failedItem = -1;
    private @Nullable Throwable failure;

    MapRun(Ambient here, List<T> items, Work.Each<? super T, ? extends R> work) {
        this.here = here;
        this.items = items;
        this.work = work;
        this.places = here.scope().numbering().reserve(items.size());
        this.cancellation = here.scope().cancellation().below();
        this.results = new Object[items.size()];
    }

    List<R> run(Workers pool) {
        try (cancellation) {
            int helpers = Math.min(here.scope().slots().limit(), items.size()) - 1;
            for (int helper = 0; helper < helpers; helper++) {
                pool.execute(this::takeItems);
            }
            takeItems();
            awaitOthers();
        }
        return results();
    }

    private void takeItems() {
        for (int item = take(); item >= 0; item = take()) {
            runItem(item);
        }
    }

    private synchronized int take() {
        if ((failure != null && !(failure instanceof PausedError)) || next == items.size()) {
            return -1;
        }
        active++;
        return next++;
    }

    private void runItem(int item) {
        try {
            T value = items.get(item);
            results[item] = here.scope().branch(here, cancellation, places.apply(item), () -> work.run(value));
            ended(item, null);
        } catch (Throwable thrown) {
            ended(item, thrown);
            if (!(thrown instanceof PausedError)) {
                cancellation.cancel("cancelled: item " + (item + 1) + " of the map failed");
            }
        }
    }

    private synchronized void ended(int item, @Nullable Throwable thrown) {
        if (thrown != null && isToldBefore(item, thrown)) {
            failure = thrown;
            failedItem = item;
        }
        if (--active == 0) {
            notifyAll();
        }
    }

    /** The failure told is that of the first item in order; being cancelled for another's failure is none. */
    private boolean isToldBefore(int item, Throwable thrown) {
        if (failure == null || failure instanceof CancellationException) {
            return true;
        }
        if (failure instanceof PausedError || thrown instanceof PausedError) {
            return failure instanceof PausedError && (!(thrown instanceof PausedError) || item < failedItem);
        }
        return !(thrown instanceof CancellationException) && item < failedItem;
    }

    private void awaitOthers() {
        Interruptions.holdingBack(this::awaitNoneActive, () -> cancellation.cancel("interrupted"));
    }

    private synchronized void awaitNoneActive() throws InterruptedException {
        while (active > 0) {
            wait();
        }
    }

    @SuppressWarnings("unchecked")
    private synchronized List<R> results() {
        if (failure != null) {
            throw Rethrow.asIs(failure);
        }
        return (List<R>) Collections.unmodifiableList(Arrays.asList(results));
    }
}
