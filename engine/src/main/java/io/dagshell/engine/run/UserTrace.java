package io.dagshell.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of an exception's trace that its reader can do something about: the lines of their own cells. How a library
 * came to throw is left out, its message says what is wrong; only where it has none its method is named.
 */
final class UserTrace {
    /** What JShell calls the method it puts a cell's statements in. */
    private static final String STATEMENTS = "do_it$";

    private static final int CAUSES_READ = 20;
    private static final int FRAMES_SHOWN = 40;
    private static final int FRAMES_WITHOUT_USER = 10;
    private static final List<String> MACHINERY = List.of(
            "io.dagshell.engine.", "dev.failsafe.", "java.lang.invoke.", "jdk.internal.reflect.", "java.lang.reflect.");

    private final UserFrames frames;

    UserTrace(UserFrames frames) {
        this.frames = frames;
    }

    /** The exception, its cause, the cause's cause; ends where they go in a circle. */
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < CAUSES_READ; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** The place of the first user frame, of the exception or else of a cause; empty if none has one. */
    String location(Throwable failure) {
        return causes(failure).stream()
                .flatMap(cause -> own(cause).stream())
                .flatMap(frame -> frames.place(frame).stream())
                .findFirst()
                .orElse("");
    }

    /** Exception and causes, each with its user frames that were not told before. */
    String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        boolean users = !location(failure).isEmpty();
        Set<String> told = new HashSet<>();
        String lead = "";
        for (Throwable cause : causes(failure)) {
            text.append(lead).append(cause).append('\n');
            for (String line : users ? users(cause) : machine(cause)) {
                if (told.add(line)) {
                    text.append("    at ").append(line).append('\n');
                }
            }
            lead = "caused by: ";
        }
        return text.toString().stripTrailing();
    }

    private List<String> users(Throwable cause) {
        List<String> lines = new ArrayList<>();
        StackTraceElement[] all = cause.getStackTrace();
        boolean silent = cause.getMessage() == null || cause.getMessage().isBlank();
        if (silent && all.length > 0 && frames.place(all[0]).isEmpty() && !isMachinery(all[0])) {
            lines.add(all[0].getClassName() + "." + all[0].getMethodName());
        }
        own(cause).stream().limit(FRAMES_SHOWN).forEach(frame -> lines.add(line(frame)));
        return lines;
    }

    private String line(StackTraceElement frame) {
        String place = frames.place(frame).orElse("");
        boolean ofCell = frame.getMethodName().equals(STATEMENTS);
        return ofCell ? place : method(frame.getMethodName()) + " (" + place + ")";
    }

    /** Of a program that has no cells. */
    private static List<String> machine(Throwable cause) {
        return List.of(cause.getStackTrace()).stream()
                .filter(frame -> !isMachinery(frame))
                .limit(FRAMES_WITHOUT_USER)
                .map(StackTraceElement::toString)
                .toList();
    }

    private static boolean isMachinery(StackTraceElement frame) {
        return MACHINERY.stream().anyMatch(frame.getClassName()::startsWith);
    }

    /** The user's frames without those of the methods that a cell's method was wrapped in. */
    private List<StackTraceElement> own(Throwable cause) {
        List<StackTraceElement> own = new ArrayList<>();
        Set<String> wrapped = new HashSet<>();
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (frames.place(frame).isEmpty()) {
                continue;
            }
            String name = frame.getMethodName();
            if (name.endsWith("$impl")) {
                wrapped.add(name.substring(0, name.length() - "$impl".length()));
            }
            if (!isWrapper(name, wrapped)) {
                own.add(frame);
            }
        }
        return own;
    }

    /** {@code fetch} and {@code lambda$fetch$0}, around {@code fetch$impl}; its own lambdas are {@code lambda$fetch$impl$0}. */
    private static boolean isWrapper(String name, Set<String> wrapped) {
        if (!name.startsWith("lambda$")) {
            return wrapped.contains(name);
        }
        String holder = name.substring("lambda$".length(), Math.max("lambda$".length(), name.lastIndexOf('$')));
        return wrapped.contains(holder);
    }

    /** The method as the user wrote it: {@code fetch$impl} and {@code lambda$fetch$impl$0} are both {@code fetch}. */
    private static String method(String name) {
        String plain = name.startsWith("lambda$") ? name.substring("lambda$".length()) : name;
        int dollar = plain.indexOf('$');
        return dollar > 0 ? plain.substring(0, dollar) : plain;
    }
}
