package io.dagshell.kernel.session;

import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * A declaration that is live, and where it was last declared.
 *
 * @param snippet JShell's
 * @param text the cell that declared it
 * @param offset where it begins in that cell's Java text
 */
record Live(Snippet snippet, CellText text, int offset) {

    /** What a newer declaration of the same thing has in common with it. */
    String key() {
        return kind() + " " + name() + "(" + signature() + ")";
    }

    Declaration.Kind kind() {
        return switch (snippet.kind()) {
            case IMPORT -> Declaration.Kind.IMPORT;
            case METHOD -> Declaration.Kind.METHOD;
            case TYPE_DECL -> Declaration.Kind.TYPE;
            default -> Declaration.Kind.VARIABLE;
        };
    }

    String name() {
        if (snippet instanceof ImportSnippet imported) {
            return (imported.isStatic() ? "static " : "") + imported.fullname();
        }
        return simpleName(snippet);
    }

    String signature() {
        return snippet instanceof MethodSnippet method ? method.parameterTypes() : "";
    }

    Declaration declaration(String className) {
        int line = text.position(firstCodeOffset()).line();
        return new Declaration(
                kind(), name(), signature(), snippet.source(), text.cell().number(), line, className);
    }

    /** Whether these are the session's imports, declared at once. */
    boolean holdsSeveral() {
        return kind() == Declaration.Kind.IMPORT
                && text.cell().number() == 0
                && snippet.source().contains("\n");
    }

    /** The imports it holds, one a line. */
    Stream<Declaration> imports() {
        return snippet.source().lines().map(line -> {
            String name = line.substring("import ".length(), line.length() - 1);
            return new Declaration(kind(), name, "", line, text.cell().number(), 1, "");
        });
    }

    private int firstCodeOffset() {
        String source = snippet.source();
        return offset + source.length() - source.stripLeading().length();
    }

    /** The name by which other code means it; for an import the imported simple name. */
    static String simpleName(Snippet snippet) {
        if (snippet instanceof ImportSnippet imported) {
            return imported.name();
        }
        if (snippet instanceof MethodSnippet method) {
            return method.name();
        }
        if (snippet instanceof TypeDeclSnippet type) {
            return type.name();
        }
        return snippet instanceof VarSnippet variable ? variable.name() : "";
    }
}
