package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.PieceText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import jdk.jshell.VarSnippet;

/** Which line of which cell a line of a compiled class is. Thread-safe. */
final class FrameLines {
    private static final Pattern OUTER = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*");

    private final Map<String, TreeMap<Integer, CellLine>> byClass = new ConcurrentHashMap<>();

    /** A line of a cell, from 1. */
    record CellLine(CellText text, int line) {}

    static boolean isCell(String className) {
        return className.startsWith("REPL.");
    }

    /** Learns where the lines of a snippet stand in the class that holds it now. */
    void learn(SourceCodeAnalysis analysis, Live live) {
        SnippetWrapper wrapper = analysis.wrapper(live.snippet());
        String wrapped = wrapper.wrapped();
        String source = live.snippet().source();
        Map<Integer, CellLine> lines = byClass.computeIfAbsent(wrapper.fullClassName(), name -> new TreeMap<>());
        // What JShell puts around an expression counts as its first line, not as blanks and comments before it.
        int first = source.lastIndexOf('\n', Math.max(0, PieceText.firstCode(source) - 1)) + 1;
        int cellLine = live.text().position(live.offset() + first).line();
        int wrappedLine = 1;
        int counted = 0;
        for (int start = first; start <= source.length(); ) {
            int at = wrapper.sourceToWrappedPosition(Math.min(firstCode(source, start), source.length()));
            if (at >= counted) {
                wrappedLine += newLines(wrapped, counted, Math.min(at, wrapped.length()));
                counted = at;
                lines.put(wrappedLine, new CellLine(live.text(), cellLine));
            }
            int end = source.indexOf('\n', start);
            if (end < 0) {
                break;
            }
            start = end + 1;
            cellLine++;
        }
        if (live.snippet() instanceof VarSnippet variable) {
            learnInitializer(wrapper, live, variable.name(), lines);
        }
    }

    /** Learns that the lines of a text stand one by one in a class, from its line {@code first} on. */
    void learn(String className, int first, CellText text, int offset, String lines) {
        TreeMap<Integer, CellLine> learned = new TreeMap<>();
        int cellLine = text.position(offset).line();
        for (int i = 0; i <= newLines(lines, 0, lines.length()); i++) {
            learned.put(first + i, new CellLine(text, cellLine + i));
        }
        byClass.put(className, learned);
    }

    /**
     * JShell begins the assignment of a variable on a line of its own, which is the only line javac gives to most of its
     * initializer: that is the line where the initializer begins.
     */
    private static void learnInitializer(SnippetWrapper wrapper, Live live, String name, Map<Integer, CellLine> lines) {
        String wrapped = wrapper.wrapped();
        int assignment = wrapped.indexOf(name + "_ =");
        if (assignment < 0) {
            return;
        }
        int length = live.snippet().source().length();
        int offset = 0;
        while (offset < length && wrapper.sourceToWrappedPosition(offset) <= assignment) {
            offset++;
        }
        if (offset < length) {
            int cellLine = live.text().position(live.offset() + offset).line();
            lines.put(1 + newLines(wrapped, 0, assignment), new CellLine(live.text(), cellLine));
        }
    }

    private static int firstCode(String source, int start) {
        int at = start;
        while (at < source.length() && (source.charAt(at) == ' ' || source.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int newLines(String text, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                count++;
            }
        }
        return count;
    }

    /** The cell's line of a stack frame, if the class was compiled from a cell. */
    Optional<CellLine> find(StackTraceElement frame) {
        Matcher outer = OUTER.matcher(frame.getClassName());
        TreeMap<Integer, CellLine> lines = outer.lookingAt() ? byClass.get(outer.group()) : null;
        if (lines == null) {
            return Optional.empty();
        }
        Map.Entry<Integer, CellLine> entry = lines.floorEntry(frame.getLineNumber());
        return Optional.ofNullable(entry == null ? lines.firstEntry() : entry).map(Map.Entry::getValue);
    }
}
