package io.dagshell.kernel.assist;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * The names in Java text, found without a parser: words in strings and comments count too, so a name that is not here is
 * in the text nowhere; words of the language are none. Whatever could hide one, an escape or a character that javac skips, makes every name count.
 */
public final class Mentioned {
    private final Set<String> names;
    private final boolean all;

    private Mentioned(Set<String> names, boolean all) {
        this.names = names;
        this.all = all;
    }

    public static Mentioned in(String java) {
        Set<String> names = new HashSet<>();
        for (int at = 0; at < java.length(); ) {
            int first = java.codePointAt(at);
            if (first == '\\' && java.startsWith("u", at + 1) || Character.isIdentifierIgnorable(first)) {
                return new Mentioned(Set.of(), true);
            }
            int end = at + Character.charCount(first);
            if (Character.isJavaIdentifierStart(first)) {
                end = wordEnd(java, end);
                String name = java.substring(at, end);
                if (!SourceVersion.isKeyword(name)) {
                    names.add(name);
                }
            }
            at = end;
        }
        return new Mentioned(names, false);
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

    public boolean has(String name) {
        return all || names.contains(name);
    }

    /** All of them; empty where every name counts. */
    public Optional<Set<String>> names() {
        return all ? Optional.empty() : Optional.of(names);
    }
}
