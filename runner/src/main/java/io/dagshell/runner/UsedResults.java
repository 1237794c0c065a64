package io.dagshell.runner;

import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The cached results a run used or made; a deployment pins those of its last completed run. Thread-safe. */
final class UsedResults implements RunSink {
    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.CacheConsulted consulted) {
            consulted.key().ifPresent(keys::add);
        }
    }

    /** Pins them in the name of {@code deployment}, and no others. */
    void pin(FileResultCache cache, String deployment) throws IOException {
        cache.pin(deployment, keys);
    }
}
