package io.dagshell.kernel.magic;

import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Completes the arguments of {@code %jvm} and {@code %preview}: the flags people set for a notebook, with what they do. */
final class FlagCompletion {
    private static final Pattern LINE = Pattern.compile("^[ \\t]*%(jvm|preview)[ \\t]+(?:.*[ \\t])?(\\S*)$");
    private static final Map<String, String> FLAGS = flags();
    private static final Map<String, String> PREVIEW = new TreeMap<>(Map.of(
            "on", "cells may use preview features after a restart",
            "off", "cells may not use them after a restart"));

    private FlagCompletion() {}

    private static Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("reset", "forget the flags of this notebook");
        flags.put("-Xmx4g", "the heap may grow to 4 GB");
        flags.put("-Xms1g", "the heap begins with 1 GB");
        flags.put("-Xss4m", "a stack of 4 MB for each thread, for deep recursion");
        flags.put("-XX:MaxRAMPercentage=50", "the heap may grow to half of the memory");
        flags.put("-XX:+UseG1GC", "collector for large heaps, short pauses");
        flags.put("-XX:+UseParallelGC", "collector with the highest throughput");
        flags.put("-XX:+UseZGC", "collector with the shortest pauses");
        flags.put("-XX:+HeapDumpOnOutOfMemoryError", "writes the heap to a file when it is full");
        flags.put("-Xlog:gc", "tells of each collection");
        flags.put("-ea", "assertions are checked");
        flags.put("-Dname=value", "sets a system property");
        flags.put("--add-opens=java.base/java.lang=ALL-UNNAMED", "opens a package of the JDK to reflection");
        flags.put("--add-modules=jdk.incubator.vector", "adds a module that is not there by itself");
        flags.put("--enable-native-access=ALL-UNNAMED", "libraries may call native code without a warning");
        return flags;
    }

    static List<Suggestion> at(String text, int offset) {
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        Matcher line = LINE.matcher(text.substring(lineStart, offset));
        if (!line.matches()) {
            return List.of();
        }
        String typed = line.group(2);
        Map<String, String> known = line.group(1).equals("jvm") ? FLAGS : PREVIEW;
        return known.entrySet().stream()
                .filter(each -> each.getKey().startsWith(typed))
                .map(each -> new Suggestion(offset - typed.length(), each.getKey(), "keyword", each.getValue()))
                .toList();
    }
}
