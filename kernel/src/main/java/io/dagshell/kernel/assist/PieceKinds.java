package io.dagshell.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Tells declarations from statements, by javac's parser. Remembers its answers; not thread-safe. */
final class PieceKinds {
    private static final String OPEN = "class $ { ";
    private static final int REMEMBERED = 4_000;

    private final CompilerPool compilers;
    private final Map<String, Boolean> declares = remembering();
    private final Map<String, String> faces = remembering();

    PieceKinds(CompilerPool compilers) {
        this.compilers = compilers;
    }

    private static <V> Map<String, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** Whether a piece declares a type, a method, or a variable that cannot be local. */
    boolean declares(String piece) {
        return declares.computeIfAbsent(piece, text -> parse(text, Parsed::isMember));
    }

    /** A declaration with the bodies of its methods left out, everything else where it was. */
    String face(String declaration) {
        return faces.computeIfAbsent(declaration, text -> parse(text, parsed -> parsed.withoutBodies(text)));
    }

    private <T> T parse(String piece, Function<Parsed, T> work) {
        String unit = OPEN + piece + "\n" + Lexing.of(piece).closers(piece) + "}";
        long[] firstProblem = {Long.MAX_VALUE};
        return compilers.with(
                unit,
                List.of("-proc:none"),
                problem -> firstProblem[0] = Math.min(firstProblem[0], problem.getPosition()),
                task -> {
                    CompilationUnitTree tree = tree(task);
                    return work.apply(new Parsed(task, tree, firstProblem[0]));
                });
    }

    static CompilationUnitTree tree(JavacTask task) {
        try {
            return task.parse().iterator().next();
        } catch (IOException impossible) {
            throw new UncheckedIOException("text in memory could not be read", impossible);
        }
    }

    private record Parsed(JavacTask task, CompilationUnitTree unit, long firstProblem) {

        /** Its face must be sound; a body may be unfinished. */
        boolean isMember() {
            Tree first = first();
            if (first instanceof MethodTree method) {
                return method.getReturnType() != null
                        && method.getBody() != null
                        && start(method.getBody()) < firstProblem;
            }
            if (first instanceof VariableTree variable) {
                return start(variable) < firstProblem
                        && variable.getModifiers().getFlags().stream().anyMatch(flag -> flag != Modifier.FINAL);
            }
            return first instanceof ClassTree type && !type.getSimpleName().isEmpty() && start(type) < firstProblem;
        }

        private long start(Tree tree) {
            return Trees.instance(task).getSourcePositions().getStartPosition(unit, tree);
        }

        @Nullable
        Tree first() {
            if (unit.getTypeDecls().isEmpty() || !(unit.getTypeDecls().get(0) instanceof ClassTree type)) {
                return null;
            }
            return type.getMembers().isEmpty() ? null : type.getMembers().get(0);
        }

        String withoutBodies(String text) {
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            TreeMap<Integer, Integer> bodies = new TreeMap<>();
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                    if (method.getBody() != null) {
                        int start = (int) positions.getStartPosition(unit, method.getBody()) - OPEN.length();
                        int end = (int) positions.getEndPosition(unit, method.getBody()) - OPEN.length();
                        bodies.put(start, end);
                    }
                    return null;
                }
            }.scan(unit, null);
            StringBuilder face = new StringBuilder(text);
            for (Map.Entry<Integer, Integer> body : bodies.descendingMap().entrySet()) {
                if (body.getKey() >= 0 && body.getValue() <= text.length() && body.getKey() < body.getValue()) {
                    face.replace(body.getKey(), body.getValue(), "{}");
                }
            }
            return face.toString();
        }
    }
}
