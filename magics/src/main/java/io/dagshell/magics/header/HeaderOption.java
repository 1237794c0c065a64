package io.dagshell.magics.header;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An option of a header, with the form of its value; the one table that parser, completion and errors use. */
public enum HeaderOption {
    RETRIES("retries", "retries=3", "attempts after the first", CellKind.TASK, CellKind.FLOW),
    RETRY_DELAY(
            "retryDelay",
            "retryDelay=10s",
            "wait between attempts; 1s,10s,1m in turn; 1s..5m doubling",
            CellKind.TASK,
            CellKind.FLOW),
    RETRY_JITTER("retryJitter", "retryJitter=20%", "vary the waits at random", CellKind.TASK, CellKind.FLOW),
    RETRY_ON(
            "retryOn",
            "retryOn=IOException,SQLException",
            "try again only after these exceptions",
            CellKind.TASK,
            CellKind.FLOW),
    CACHE("cache", "cache or cache=1d", "reuse results by input hash, up to that age", CellKind.TASK),
    EFFECT("effect", "effect", "changes the world: never skipped by the cache", CellKind.TASK),
    TIMEOUT("timeout", "timeout=5m", "limit of one attempt", CellKind.TASK, CellKind.FLOW),
    TAGS("tags", "tags=extract,nightly", "labels for limits and search", CellKind.TASK, CellKind.FLOW),
    NAME("name", "name=\"Ingest flow\"", "the human name", CellKind.TASK, CellKind.FLOW),
    CONCURRENCY("concurrency", "concurrency=2", "how many of its tasks may run at once", CellKind.FLOW),
    TAG_LIMITS("tagLimits", "tagLimits=db:2,web:4", "how many of its tasks with a tag may run at once", CellKind.FLOW),
    VERSION("version", "version=2", "salt of the cache key", CellKind.TASK, CellKind.FLOW);

    private final String word;
    private final String form;
    private final String meaning;
    private final Set<CellKind> kinds;

    HeaderOption(String word, String form, String meaning, CellKind... kinds) {
        this.word = word;
        this.form = form;
        this.meaning = meaning;
        this.kinds = EnumSet.copyOf(List.of(kinds));
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** An example of its use. */
    public String form() {
        return form;
    }

    /** One line of help. */
    public String meaning() {
        return meaning;
    }

    boolean appliesTo(CellKind kind) {
        return kinds.contains(kind);
    }

    /** Whether it stands alone, without a value. */
    boolean mayStandAlone() {
        return this == CACHE || this == EFFECT;
    }

    boolean takesValue() {
        return this != EFFECT;
    }

    static Optional<HeaderOption> of(String word) {
        for (HeaderOption option : values()) {
            if (option.word.equals(word)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** Those of a kind of cell, in the order people meet them. */
    static List<HeaderOption> of(CellKind kind) {
        List<HeaderOption> options = new ArrayList<>();
        for (HeaderOption option : values()) {
            if (option.appliesTo(kind)) {
                options.add(option);
            }
        }
        return options;
    }
}
