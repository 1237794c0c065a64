package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.PieceText;
import java.util.Optional;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;

/**
 * The import that another of the same name replaces. JShell compiles anew what a new import gives another meaning, but
 * not if there was one of that name before: its users keep the old meaning. Dropped first, it is like any other new name.
 */
final class ReplacedImport {
    private ReplacedImport() {}

    /** The live import of another thing under the name that {@code piece} imports, if it is an import of one name. */
    static Optional<Snippet> by(Piece piece, JShell shell, LiveDeclarations live) {
        String java = piece.java();
        if (!java.startsWith("import", PieceText.firstCode(java)) || live.onlyImports()) {
            return Optional.empty();
        }
        return shell.sourceCodeAnalysis().sourceToSnippets(java).stream()
                .filter(parsed -> parsed instanceof ImportSnippet imported && isSingle(imported))
                .flatMap(parsed -> live.all().stream().map(Live::snippet).filter(old -> replaces(parsed, old)))
                .findFirst();
    }

    private static boolean isSingle(ImportSnippet imported) {
        return imported.subKind() == SubKind.SINGLE_TYPE_IMPORT_SUBKIND
                || imported.subKind() == SubKind.SINGLE_STATIC_IMPORT_SUBKIND;
    }

    private static boolean replaces(Snippet parsed, Snippet old) {
        return parsed instanceof ImportSnippet imported
                && old instanceof ImportSnippet earlier
                && earlier.subKind() == imported.subKind()
                && earlier.name().equals(imported.name())
                && !earlier.fullname().equals(imported.fullname());
    }
}
