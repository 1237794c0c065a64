package io.dagshell.kernel.assist;

import io.dagshell.kernel.assist.JavaScope.Declared;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a scope that a text can mean: the compiler takes time for each declaration and each package, and a question
 * about a member of something is about few of them.
 */
final class NeededScope {
    private static final Pattern ALL_OF_PACKAGE = Pattern.compile("import\\s+([\\w.]+)\\.\\*\\s*;");

    private NeededScope() {}

    /** What is mentioned in the text, and in what is mentioned in it. */
    static JavaScope of(JavaScope scope, String java, ClassIndex index) {
        Set<Declared> declared = new LinkedHashSet<>();
        Set<String> names = new HashSet<>();
        Deque<String> texts = new ArrayDeque<>(List.of(java));
        while (!texts.isEmpty()) {
            Optional<Set<String>> mentioned = Mentioned.in(texts.pop()).names();
            if (mentioned.isEmpty()) {
                return scope;
            }
            names.addAll(mentioned.get());
            for (Declared each : scope.declarations()) {
                if (mentioned.get().contains(each.name()) && declared.add(each)) {
                    texts.push(each.java());
                }
            }
        }
        List<Declared> inOrder = new ArrayList<>(scope.declarations());
        inOrder.retainAll(declared);
        List<String> imports = scope.imports().stream()
                .flatMap(String::lines)
                .filter(line -> mayImport(line.strip(), names, index))
                .toList();
        return new JavaScope(imports, inOrder, scope.classPath());
    }

    /** What is not known to import nothing of it may. */
    private static boolean mayImport(String line, Set<String> names, ClassIndex index) {
        Matcher all = ALL_OF_PACKAGE.matcher(line);
        if (!all.matches()) {
            return true;
        }
        String owner = all.group(1);
        boolean isPackage = !index.has(owner) && index.hasPackage(owner);
        return !isPackage || names.stream().anyMatch(name -> index.has(owner + "." + name));
    }
}
