package io.dagshell.engine.cache;

import java.util.Locale;
import java.util.Map;

/** What {@code DAGSHELL_CACHE} says about the cache of a process. */
public enum CacheMode {
    /** Asked and filled; the default. */
    ON {
        @Override
        public ResultCache over(ResultCache cache) {
            return cache;
        }
    },
    /** Asked, never filled. */
    READONLY {
        @Override
        public ResultCache over(ResultCache cache) {
            return (question, cancelled) -> {
                ResultCache.Answer answer = cache.consult(question, cancelled);
                if (!(answer instanceof ResultCache.Answer.Compute compute)) {
                    return answer;
                }
                compute.ticket().close();
                return new ResultCache.Answer.NotCached("DAGSHELL_CACHE is readonly; " + compute.reason());
            };
        }
    },
    /** Neither. */
    OFF {
        @Override
        public ResultCache over(ResultCache cache) {
            return (question, cancelled) -> new ResultCache.Answer.NotCached("DAGSHELL_CACHE is off");
        }
    };

    public static final String VARIABLE = "DAGSHELL_CACHE";

    /** {@code cache}, used so. */
    public abstract ResultCache over(ResultCache cache);

    /** @throws IllegalArgumentException the variable is none of the modes */
    public static CacheMode of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        for (CacheMode mode : values()) {
            if (mode.name().equalsIgnoreCase(text.replace("-", ""))) {
                return mode;
            }
        }
        if (text.isEmpty()) {
            return ON;
        }
        throw new IllegalArgumentException(
                VARIABLE + " is '" + text.toLowerCase(Locale.ROOT) + "'; it can be on, off or readonly");
    }
}
