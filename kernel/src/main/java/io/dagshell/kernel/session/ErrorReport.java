package io.dagshell.kernel.session;

import io.dagshell.kernel.session.CellText.Position;
import io.dagshell.kernel.session.FrameLines.CellLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import jdk.jshell.spi.SPIResolutionException;

/** Says what went wrong as the person sees it: their cells and lines, no machinery. */
final class ErrorReport {
    private static final int FRAME_LIMIT = 40;
    private static final List<String> MACHINERY = List.of(
            "io.dagshell.kernel.",
            "jdk.internal.reflect.",
            "java.lang.reflect.",
            "java.lang.invoke.",
            "jdk.jshell.",
            "jdk.internal.vm.");

    private final FrameLines lines;
    private final Predicate<String> hidden;

    ErrorReport(FrameLines lines, Predicate<String> hidden) {
        this.lines = lines;
        this.hidden = hidden;
    }

    /** Errors of the compiler. */
    CellError compile(List<CompileProblem> problems) {
        List<String> traceback = new ArrayList<>();
        for (CompileProblem problem : problems) {
            String[] message = problem.message().split("\n");
            Position position = problem.position();
            traceback.add("%s:%d:%d: %s"
                    .formatted(problem.text().cell().source(), position.line(), position.column(), message[0]));
            traceback.addAll(pointer(problem.text(), position, problem.width()));
            traceback.addAll(List.of(message).subList(1, message.length));
        }
        CompileProblem first = problems.get(0);
        return new CellError(
                "CompileError",
                first.message(),
                traceback,
                first.position().line(),
                first.position().column());
    }

    /** A cell that was refused by an extension. */
    CellError refused(CellRequest cell, CellProblem problem) {
        return placed(cell, problem, "CompileError");
    }

    /** What a cell threw that has a place in its text. */
    CellError placed(CellRequest cell, CellProblem problem, Throwable thrown) {
        return placed(cell, problem, name(thrown));
    }

    private static CellError placed(CellRequest cell, CellProblem problem, String name) {
        String message = String.valueOf(problem.getMessage());
        List<String> traceback = new ArrayList<>();
        if (problem.line() <= 0) {
            traceback.add(message);
        } else {
            CellText text = new CellText(cell, TransformedCell.unchanged(cell.text()));
            String[] said = message.split("\n");
            traceback.add("%s:%d:%d: %s".formatted(cell.source(), problem.line(), problem.column(), said[0]));
            traceback.addAll(pointer(text, new Position(problem.line(), Math.max(1, problem.column())), 1));
            traceback.addAll(List.of(said).subList(1, said.length));
        }
        return new CellError(name, message, traceback, problem.line(), problem.column());
    }

    /** What user code threw. */
    CellError thrown(Throwable thrown) {
        List<String> traceback = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        describe(thrown, "", traceback, seen);
        int line = firstCellLine(thrown).map(CellLine::line).orElse(0);
        return new CellError(name(thrown), message(thrown), traceback, line, 0);
    }

    /** An interrupted cell, and where it was. */
    CellError interrupted(Throwable thrown) {
        List<String> traceback = new ArrayList<>();
        traceback.add("Interrupted");
        addFrames(thrown.getStackTrace(), traceback);
        int line = firstCellLine(thrown).map(CellLine::line).orElse(0);
        return new CellError("Interrupted", "the cell was interrupted", traceback, line, 0);
    }

    /** A cell that was ended. */
    static CellError ended(String name, String message) {
        return new CellError(name, message, List.of(name + ": " + message), 0, 0);
    }

    private void describe(Throwable thrown, String prefix, List<String> traceback, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        String message = message(thrown);
        String name = name(thrown);
        traceback.addAll(List.of((prefix + (message.isEmpty() ? name : name + ": " + message)).split("\n")));
        addFrames(thrown.getStackTrace(), traceback);
        for (Throwable suppressed : thrown.getSuppressed()) {
            describe(suppressed, "Suppressed: ", traceback, seen);
        }
        if (thrown.getCause() != null) {
            describe(thrown.getCause(), "Caused by: ", traceback, seen);
        }
    }

    private static String name(Throwable thrown) {
        return thrown instanceof SPIResolutionException
                ? "CompileError"
                : thrown.getClass().getName();
    }

    private static String message(Throwable thrown) {
        if (thrown instanceof SPIResolutionException && thrown.getStackTrace().length > 0) {
            return methodName(thrown.getStackTrace()[0].getMethodName())
                    + " no longer compiles, because what it uses was changed; its cell, run again, says why";
        }
        try {
            return Optional.ofNullable(thrown.getLocalizedMessage()).orElse("");
        } catch (RuntimeException | StackOverflowError broken) {
            return "(its message failed: " + broken.getClass().getName() + ")";
        }
    }

    private void addFrames(StackTraceElement[] trace, List<String> traceback) {
        Set<String> twins = implementations(trace);
        List<String> frames = new ArrayList<>();
        int arrowBehind = -1;
        String arrow = "";
        for (StackTraceElement frame : withoutMachinery(upToLastCellFrame(trace))) {
            Optional<CellLine> cell = lines.find(frame);
            if (cell.isPresent() && isTwin(frame, twins)) {
                continue;
            }
            frames.add("    at " + cell.map(line -> userFrame(frame, line)).orElseGet(frame::toString));
            if (cell.isPresent() && arrowBehind < 0) {
                arrowBehind = frames.size();
                CellLine at = cell.get();
                arrow = "  --> " + at.line() + " | " + at.text().line(at.line());
            }
        }
        int head = Math.max(0, arrowBehind);
        List<String> folded = new ArrayList<>(FrameFolding.fold(frames.subList(0, head)));
        if (arrowBehind >= 0) {
            folded.add(arrow);
        }
        folded.addAll(FrameFolding.fold(frames.subList(head, frames.size())));
        traceback.addAll(folded.subList(0, Math.min(FRAME_LIMIT, folded.size())));
        if (folded.size() > FRAME_LIMIT) {
            traceback.add("    ...");
        }
    }

    /** Names of methods that were inserted around the user's, which is called the same with {@code $impl} behind. */
    private static Set<String> implementations(StackTraceElement[] trace) {
        Set<String> names = new HashSet<>();
        for (StackTraceElement frame : trace) {
            if (frame.getMethodName().endsWith("$impl")) {
                names.add(frame.getMethodName().replace("$impl", ""));
            }
        }
        return names;
    }

    /** {@code fetch} and {@code lambda$fetch$0}; lambdas of the user's own method are {@code lambda$fetch$impl$0}. */
    private static boolean isTwin(StackTraceElement frame, Set<String> twins) {
        String name = frame.getMethodName();
        int end = name.lastIndexOf('$');
        boolean lambda = name.startsWith("lambda$") && end > "lambda$".length();
        return twins.contains(lambda ? name.substring("lambda$".length(), end) : name);
    }

    private List<StackTraceElement> upToLastCellFrame(StackTraceElement[] trace) {
        int last = trace.length;
        while (last > 0 && !FrameLines.isCell(trace[last - 1].getClassName())) {
            last--;
        }
        return last == 0 ? List.of(trace) : List.of(trace).subList(0, last);
    }

    /** The frames without the machinery's, and without those of the JDK and the machinery's libraries that it called. */
    private List<StackTraceElement> withoutMachinery(List<StackTraceElement> frames) {
        LinkedList<StackTraceElement> kept = new LinkedList<>();
        boolean inMachinery = false;
        for (int i = frames.size() - 1; i >= 0; i--) {
            StackTraceElement frame = frames.get(i);
            inMachinery = isHidden(frame) || inMachinery && isItsLibrary(frame);
            if (!inMachinery) {
                kept.addFirst(frame);
            }
        }
        return kept;
    }

    /** Of the JDK or of the kernel's own class path; a library of the person's has a loader of its own. */
    private static boolean isItsLibrary(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        return !FrameLines.isCell(frame.getClassName())
                && (loader == null || loader.equals("app") || loader.equals("platform"));
    }

    private boolean isHidden(StackTraceElement frame) {
        String type = frame.getClassName();
        if (FrameLines.isCell(type)) {
            return frame.getMethodName().startsWith("lambda$")
                    && frame.getMethodName().contains("$$")
                    && frame.getLineNumber() < 0;
        }
        return MACHINERY.stream().anyMatch(type::startsWith) || hidden.test(type);
    }

    private static String userFrame(StackTraceElement frame, CellLine line) {
        String place = line.text().cell().source() + ":" + line.line();
        String method = methodName(frame.getMethodName());
        String type = frame.getClassName().replaceFirst("^REPL\\.\\$JShell\\$\\d+[A-Z]*\\$?", "");
        if (method.equals("do_it")) {
            return place;
        }
        return (type.isEmpty() ? method : type.replace('$', '.') + "." + method) + " (" + place + ")";
    }

    private static String methodName(String compiled) {
        String name = compiled.startsWith("lambda$") ? compiled.substring("lambda$".length()) : compiled;
        int end = name.indexOf('$');
        return end > 0 ? name.substring(0, end) : name;
    }

    private Optional<CellLine> firstCellLine(Throwable thrown) {
        Set<String> twins = implementations(thrown.getStackTrace());
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!isTwin(frame, twins)) {
                Optional<CellLine> line = lines.find(frame);
                if (line.isPresent()) {
                    return line;
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> pointer(CellText text, Position position, int width) {
        String line = text.line(position.line());
        String before = line.substring(
                0, line.offsetByCodePoints(0, Math.min(position.column() - 1, line.codePointCount(0, line.length()))));
        int room = Math.max(1, line.length() - before.length());
        String indent = before.replaceAll("[^\\t]", " ");
        return List.of("    " + line, "    " + indent + "^".repeat(Math.min(width, room)));
    }
}
