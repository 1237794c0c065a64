package io.dagshell.kernel.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;

/** Methods that a cell declares with another signature: the old one would stay beside the new. Stateless. */
final class Overloads {
    private Overloads() {}

    /**
     * Those that are live.
     *
     * @param anew names of methods of which only the pieces' signatures may stay
     */
    static List<MethodSnippet> left(JShell shell, LiveDeclarations live, List<Piece> pieces, Set<String> anew) {
        if (anew.isEmpty()) {
            return List.of();
        }
        List<MethodSnippet> earlier = live.all().stream()
                .map(Live::snippet)
                .filter(MethodSnippet.class::isInstance)
                .map(MethodSnippet.class::cast)
                .filter(method -> anew.contains(method.name()))
                .toList();
        if (earlier.isEmpty()) {
            return List.of();
        }
        Set<String> signatures = new LinkedHashSet<>();
        for (Piece piece : pieces) {
            for (Snippet parsed : shell.sourceCodeAnalysis().sourceToSnippets(piece.java())) {
                if (parsed instanceof MethodSnippet method) {
                    signatures.add(signature(method));
                }
            }
        }
        return earlier.stream()
                .filter(method -> !signatures.contains(signature(method)))
                .toList();
    }

    private static String signature(MethodSnippet method) {
        return method.name() + "(" + method.parameterTypes() + ")";
    }
}
