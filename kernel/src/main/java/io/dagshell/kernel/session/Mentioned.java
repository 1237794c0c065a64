package io.dagshell.kernel.session;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.SourceVersion;

/**
 * The names in Java text, found without a parser: words in strings and comments count too, so a name that is not here is
 * in the text nowhere. Whatever could hide one, an escape or a character that javac skips, makes every name count.
 */
final class Mentioned {
    private final Set<String> names;
    private final Set<String> free;
    private final boolean all;

    private Mentioned(Set<String> names, Set<String> free, boolean all) {
        this.names = names;
        this.free = free;
        this.all = all;
    }

    static Mentioned in(String java) {
        Set<String> names = new HashSet<>();
        Set<String> free = new HashSet<>();
        for (int at = 0; at < java.length(); ) {
            int first = java.codePointAt(at);
            if (first == '\\' && java.startsWith("u", at + 1) || Character.isIdentifierIgnorable(first)) {
                return new Mentioned(Set.of(), Set.of(), true);
            }
            int end = at + Character.charCount(first);
            if (Character.isJavaIdentifierStart(first)) {
                end = wordEnd(java, end);
                String name = java.substring(at, end);
                names.add(name);
                if (at == 0 || java.charAt(at - 1) != '.') {
                    free.add(name);
                }
            }
            at = end;
        }
        return new Mentioned(names, free, false);
    }

    /** Ends before a character that javac skips, so that the caller sees it. */
    private static int wordEnd(String java, int start) {
        int at = start;
        while (at < java.length()) {
            int next = java.codePointAt(at);
            if (!Character.isJavaIdentifierPart(next) || Character.isIdentifierIgnorable(next)) {
                break;
            }
            at += Character.charCount(next);
        }
        return at;
    }

    boolean has(String name) {
        return all || names.contains(name);
    }

    /** Whether every name that is not selected from something is a word of Java's or is known. */
    boolean isExplainedBy(Predicate<String> known) {
        return !all && free.stream().allMatch(name -> known.test(name) || SourceVersion.isKeyword(name));
    }
}
