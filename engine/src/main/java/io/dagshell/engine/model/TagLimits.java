package io.dagshell.engine.model;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many tasks with a tag may run at once, as people write it: {@code db:2,web:4}. */
public final class TagLimits {
    /** Limits of a whole process, whatever its flows say. */
    public static final String ENVIRONMENT = "DAGSHELL_TAG_LIMITS";

    private static final Pattern ONE = Pattern.compile("\\s*([^\\s:,]+)\\s*:\\s*([1-9]\\d{0,5})\\s*");

    private TagLimits() {}

    /** The limits by tag, or empty if the text is none. */
    public static Optional<SortedMap<String, Integer>> parse(String text) {
        SortedMap<String, Integer> limits = new TreeMap<>();
        for (String each : text.split(",", -1)) {
            Matcher one = ONE.matcher(each);
            if (!one.matches() || limits.put(one.group(1), Integer.valueOf(one.group(2))) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(limits);
    }

    /**
     * Those of the environment, if it has any.
     *
     * @throws IllegalArgumentException they are not understood; the message is for people
     */
    public static SortedMap<String, Integer> of(Map<String, String> environment) {
        String text = environment.get(ENVIRONMENT);
        if (text == null || text.isBlank()) {
            return new TreeMap<>();
        }
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        ENVIRONMENT + " is '" + text + "', but it takes tags and numbers, such as db:2,web:4"));
    }
}
