package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.PieceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/**
 * What an import changes for declarations that are compiled already. JShell compiles anew what uses a name that was not
 * imported before; it leaves what uses a name of which there was another import, and what calls a method to which an
 * import on demand adds an overload. Guarded by the session's lock.
 */
final class ImportedAnew {
    private static final Pattern CALL = Pattern.compile("(?<![.\\w$])[\\p{L}_$][\\w$]*(?=\\s*\\()");

    private final JShell shell;
    private final LiveDeclarations live;

    ImportedAnew(JShell shell, LiveDeclarations live) {
        this.shell = shell;
        this.live = live;
    }

    /** The import a piece is, if it is one. */
    Optional<ImportSnippet> in(Piece piece) {
        String java = piece.java();
        if (!java.startsWith("import", PieceText.firstCode(java))) {
            return Optional.empty();
        }
        return shell.sourceCodeAnalysis().sourceToSnippets(java).stream()
                .filter(ImportSnippet.class::isInstance)
                .map(ImportSnippet.class::cast)
                .findFirst();
    }

    /** The live import of another thing under the same name, which the new one replaces. */
    Optional<Snippet> replaced(ImportSnippet imported) {
        boolean single = imported.subKind() == SubKind.SINGLE_TYPE_IMPORT_SUBKIND
                || imported.subKind() == SubKind.SINGLE_STATIC_IMPORT_SUBKIND;
        return live.all().stream()
                .map(Live::snippet)
                .filter(old -> single
                        && old instanceof ImportSnippet other
                        && other.subKind() == imported.subKind()
                        && other.name().equals(imported.name())
                        && !other.fullname().equals(imported.fullname()))
                .findFirst();
    }

    /** Live methods and types that call, by its bare name, a method that a new import on demand makes known. */
    List<Live> callers(ImportSnippet imported) {
        if (imported.subKind() != SubKind.STATIC_IMPORT_ON_DEMAND_SUBKIND) {
            return List.of();
        }
        List<Live> code = live.all().stream()
                .filter(each -> each.kind() == Declaration.Kind.METHOD || each.kind() == Declaration.Kind.TYPE)
                .toList();
        if (code.isEmpty()) {
            return List.of();
        }
        Set<String> methods = methods(imported.fullname().replaceFirst("\\*$", ""));
        return code.stream()
                .filter(each -> calls(each.snippet().source()).stream().anyMatch(methods::contains))
                .toList();
    }

    private static Set<String> calls(String source) {
        return CALL.matcher(source).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** Names of the static methods of a class, which is given with a dot behind it. */
    private Set<String> methods(String type) {
        return shell.sourceCodeAnalysis().completionSuggestions(type, type.length(), new int[1]).stream()
                .map(Suggestion::continuation)
                .filter(name -> name.indexOf('(') > 0)
                .map(name -> name.substring(0, name.indexOf('(')))
                .collect(Collectors.toSet());
    }
}
