package io.dagshell.kernel.assist;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Decides by javac's parser whether text is whole. A piece is tried as each thing it could be; where none fits, the
 * reading that goes furthest tells: an error behind the text means that more is needed.
 */
final class Whole {
    private static final String STEP = "    ";
    /** A try without its end, where the error is said to be at the try. */
    private static final String UNFINISHED_TRY = "compiler.err.try.without.catch.finally.or.resource.decls";

    private static final Pattern GOES_ON = Pattern.compile("\\s*(else|catch|finally)\\b");

    private final CompilerPool compilers;

    Whole(CompilerPool compilers) {
        this.compilers = compilers;
    }

    /** Ways to read a piece: what stands before and behind it. */
    private enum Reading {
        MEMBER("class $ { ", "\n}"),
        STATEMENT("class $ { void $() { ", "\n}}"),
        UNENDED("class $ { void $() { ", ";\n}}"),
        EXPRESSION("class $ { Object $ = (", "\n);}"),
        IMPORT("", "\nclass $ {}"),
        UNENDED_IMPORT("", ";\nclass $ {}");

        private final String before;
        private final String behind;

        Reading(String before, String behind) {
            this.before = before;
            this.behind = behind;
        }
    }

    Continuation of(String java) {
        Lexing lexing = Lexing.of(java);
        if (lexing.mode() == Lexing.Mode.BLOCK_COMMENT || lexing.mode() == Lexing.Mode.TEXT_BLOCK) {
            return new Continuation.Needed(lastIndent(java));
        }
        if (lexing.astray()) {
            return new Continuation.Hopeless();
        }
        List<Integer> ends = new ArrayList<>(lexing.ends());
        ends.add(java.length());
        int start = 0;
        for (int end : ends) {
            String piece = java.substring(start, end);
            if (isBlank(piece) || piece.strip().equals(";")) {
                start = Math.max(start, isBlank(piece) ? start : end);
                continue;
            }
            boolean last = end == java.length() || isBlank(java.substring(end));
            long problem = furthestProblem(piece);
            if (problem < 0) {
                start = GOES_ON.matcher(PieceText.withoutComments(java.substring(end)))
                                .lookingAt()
                        ? start
                        : end;
            } else if (last) {
                return problem >= trimmed(piece)
                        ? new Continuation.Needed(indent(java, lexing))
                        : new Continuation.Hopeless();
            } else if (problem < trimmed(piece)) {
                return new Continuation.Hopeless();
            }
            // Otherwise the piece goes on behind what only looked like its end: else, catch, an array's initialiser.
        }
        return new Continuation.None();
    }

    private static boolean isBlank(String piece) {
        return PieceText.withoutComments(piece).isBlank();
    }

    private static int trimmed(String piece) {
        return PieceText.withoutComments(piece).stripTrailing().length();
    }

    /** -1 if some reading has no problem. */
    private long furthestProblem(String piece) {
        long furthest = 0;
        boolean imported = piece.stripLeading().startsWith("import");
        for (Reading reading : Reading.values()) {
            if (imported != (reading == Reading.IMPORT || reading == Reading.UNENDED_IMPORT)) {
                continue;
            }
            long problem = firstProblem(reading, piece);
            if (problem < 0) {
                return -1;
            }
            furthest = Math.max(furthest, problem);
        }
        return furthest;
    }

    private long firstProblem(Reading reading, String piece) {
        long[] first = {-1};
        String text = reading.before + piece + reading.behind;
        compilers.with(
                text,
                List.of("-proc:none"),
                problem -> {
                    if (problem.getKind() == Diagnostic.Kind.ERROR && first[0] < 0) {
                        boolean goesOn = problem.getCode().equals(UNFINISHED_TRY);
                        long at = goesOn ? piece.length() : problem.getPosition() - reading.before.length();
                        first[0] = Math.max(0, at);
                    }
                },
                task -> {
                    CompilationUnitTree unit = PieceKinds.tree(task);
                    if (first[0] < 0 && hasNoBody(task, unit, reading.before.length() + trimmed(piece))) {
                        first[0] = piece.length();
                    }
                    return task;
                });
        return first[0];
    }

    /** Whether the semicolon put behind the text became the body of an {@code if} or a loop. */
    private static boolean hasNoBody(JavacTask task, CompilationUnitTree unit, int end) {
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        Boolean found = new TreeScanner<@Nullable Boolean, @Nullable Void>() {
            @Override
            public Boolean visitEmptyStatement(EmptyStatementTree empty, @Nullable Void nothing) {
                return positions.getStartPosition(unit, empty) >= end;
            }

            @Override
            public Boolean reduce(@Nullable Boolean first, @Nullable Boolean second) {
                return Boolean.TRUE.equals(first) || Boolean.TRUE.equals(second);
            }
        }.scan(unit, null);
        return Boolean.TRUE.equals(found);
    }

    /** One step deeper than the line that opened the innermost bracket; where none is open, than the last line. */
    private static String indent(String java, Lexing lexing) {
        int from = lexing.open().isEmpty()
                ? java.stripTrailing().length()
                : lexing.open().get(lexing.open().size() - 1);
        return indentOfLine(java, from) + STEP;
    }

    private static String lastIndent(String java) {
        return indentOfLine(java, java.length());
    }

    private static String indentOfLine(String java, int offset) {
        int start = java.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
        int end = start;
        while (end < java.length() && (java.charAt(end) == ' ' || java.charAt(end) == '\t')) {
            end++;
        }
        return java.substring(start, end);
    }
}
