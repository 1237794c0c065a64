package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.Candidates;
import io.dagshell.kernel.assist.Continuation;
import io.dagshell.kernel.assist.FilePaths;
import io.dagshell.kernel.assist.Found;
import io.dagshell.kernel.assist.JavaAssist;
import io.dagshell.kernel.assist.JavaScope;
import io.dagshell.kernel.assist.PieceText;
import io.dagshell.kernel.session.Completions.Item;
import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Help for cells as typed: headers and magics here and by the extensions, Java by {@link JavaAssist}, positions back and
 * forth. Takes no lock of the session: it reads what the last cell published. Thread-safe.
 */
final class SessionAssist {
    private static final Pattern MAGIC_NAME = Pattern.compile("^[ \\t]*(%%?[\\w.]*|/[a-z]*)$");
    private static final Pattern MAGIC_ARGUMENT = Pattern.compile("^[ \\t]*(?:%%?[A-Za-z][\\w.]*[ \\t]|!).*?(\\S*)$");

    private static final Pattern MAGIC_OPTION =
            Pattern.compile("^[ \\t]*(%%?[A-Za-z][\\w.]*)[ \\t](?:.*[ \\t])?(-\\w*)$");
    private static final Pattern ASKED = Pattern.compile("^[ \\t]*\\?{1,2}[ \\t]*(?=[A-Za-z_$][\\w.$]*$)");

    private final List<KernelExtension> extensions;
    private final Magics magics;
    private final Supplier<JavaScope> scope;
    private final Values values;
    private final JavaAssist assist = new JavaAssist();

    /** Port: the session's variables. */
    @FunctionalInterface
    interface Values {
        @Nullable
        Object of(String variable);
    }

    SessionAssist(List<KernelExtension> extensions, Magics magics, Supplier<JavaScope> scope, Values values) {
        this.values = values;
        this.extensions = extensions;
        this.magics = magics;
        this.scope = scope;
    }

    Completions complete(String text, int cursor) {
        int at = Math.max(0, Math.min(cursor, text.length()));
        List<Suggestion> suggestions = suggestions(text, at);
        if (!suggestions.isEmpty()) {
            int start = suggestions.get(0).start();
            return new Completions(
                    start, at, suggestions.stream().map(SessionAssist::item).toList());
        }
        String line = text.substring(text.lastIndexOf('\n', at - 1) + 1, at);
        Matcher argument = MAGIC_ARGUMENT.matcher(line);
        boolean magic = !MagicLines.ownCell(text)
                && MagicLines.blanked(text).substring(0, at).endsWith(" ");
        Matcher asked = ASKED.matcher(line);
        if (magic && asked.find()) {
            return completeJava(
                    TransformedCell.unchanged(text.substring(0, at - line.length())
                            + asked.replaceFirst(m -> " ".repeat(m.group().length()))),
                    at);
        }
        if (argument.matches() && magic) {
            return completions(FilePaths.complete(argument.group(1), at, Path.of("")), at);
        }
        Optional<TransformedCell> java = java(text);
        return java.map(cell -> completeJava(cell, at)).orElse(Completions.none(at));
    }

    private List<Suggestion> suggestions(String text, int cursor) {
        List<Suggestion> all = new ArrayList<>();
        extensions.forEach(extension -> all.addAll(extension.complete(text, cursor)));
        int lineStart = text.lastIndexOf('\n', cursor - 1) + 1;
        Matcher name = MAGIC_NAME.matcher(text.substring(lineStart, cursor));
        if (name.matches()) {
            boolean first = text.substring(0, lineStart).isBlank();
            boolean listing = name.group(1).startsWith("/");
            if (!listing
                    || PieceText.endOf(MagicLines.blanked(text.substring(0, lineStart)))
                            == PieceText.End.BETWEEN_STATEMENTS) {
                all.addAll(magics.suggest(name.group(1), lineStart + name.start(1), first));
            }
        }
        Matcher option = MAGIC_OPTION.matcher(text.substring(lineStart, cursor));
        if (option.matches()) {
            all.addAll(magics.options(option.group(1), option.group(2), lineStart + option.start(2)));
        }
        return all;
    }

    private static Item item(Suggestion suggestion) {
        return new Item(suggestion.text(), suggestion.type(), suggestion.description());
    }

    private Completions completeJava(TransformedCell cell, int cursor) {
        if (cursor < cell.firstOriginal()) {
            return Completions.none(cursor);
        }
        Candidates found = assist.complete(scope.get(), cell.java(), cell.toJava(cursor));
        return completions(new Candidates(cell.toOriginal(found.start()), found.items()), cursor);
    }

    private static Completions completions(Candidates found, int cursor) {
        List<Item> items = found.items().stream()
                .map(each -> new Item(each.text(), each.kind(), each.signature()))
                .toList();
        return new Completions(found.start(), cursor, items);
    }

    /** The cell as Java; empty for a cell that is one magic over another language. */
    private Optional<TransformedCell> java(String text) {
        for (KernelExtension extension : extensions) {
            Optional<TransformedCell> cell = extension.transformForAssist(text);
            if (cell.isPresent()) {
                return cell;
            }
        }
        if (MagicLines.ownCell(text)) {
            return Optional.empty();
        }
        return Optional.of(new TransformedCell(
                MagicLines.blanked(text), TransformedCell.unchanged(text).spans()));
    }

    /** What the name at the cursor is, by MIME type. */
    Optional<Map<String, String>> inspect(String text, int cursor, boolean detailed) {
        int at = Math.max(0, Math.min(cursor, text.length()));
        Optional<Map<String, String>> magic = Optional.ofNullable(MagicNames.at(text, at))
                .flatMap(magics::help)
                .or(() -> extensions.stream()
                        .flatMap(extension -> extension.inspect(text, at).stream())
                        .findFirst())
                .map(help -> Map.of("text/plain", help));
        return magic.isPresent() ? magic : inspectJava(text, at, detailed);
    }

    private Optional<Map<String, String>> inspectJava(String text, int at, boolean detailed) {
        return java(text)
                .filter(cell -> at >= cell.firstOriginal())
                .flatMap(cell -> assist.inspect(scope.get(), cell.java(), cell.toJava(at), detailed))
                .map(this::described);
    }

    private Map<String, String> described(Found found) {
        return InspectedText.of(found, found.variable() ? value(found.name()) : "", "");
    }

    /** A variable's value in a few words. */
    String value(String variable) {
        Object value = values.of(variable);
        if (value != null) {
            for (KernelExtension extension : extensions) {
                Optional<String> described = extension.describe(value);
                if (described.isPresent()) {
                    return described.get();
                }
            }
        }
        return ValueText.of(value);
    }

    /** {@code ?name}: help for a magic, or what a name of Java is; shown beside the notebook. */
    Map<String, String> asked(String name, boolean detailed) {
        if (name.isEmpty()) {
            throw new CellProblem(1, 1, "of what? Write ?name, or ?%whos for a magic");
        }
        boolean java = Character.isJavaIdentifierStart(name.charAt(0));
        Optional<Map<String, String>> found = java
                ? inspectJava(name, name.length(), detailed)
                : magics.help(name).map(text -> Map.of("text/plain", text));
        return found.orElseThrow(() -> new CellProblem(
                1, 1, "nothing is called " + name + "; write the name of a variable, method, class or magic"));
    }

    Completeness completeness(String text) {
        Optional<TransformedCell> java = java(text);
        if (java.isEmpty() || isHeaderAlone(text)) {
            boolean ended = java.isEmpty()
                    && text.matches("(?s).*\\n[ \\t]*\\n?[ \\t]*")
                    && text.strip().indexOf('\n') > 0;
            return ended ? new Completeness.Complete() : new Completeness.Incomplete("");
        }
        Continuation continuation = assist.continuation(scope.get(), java.get().java());
        if (continuation instanceof Continuation.Needed needed) {
            return new Completeness.Incomplete(needed.indent());
        }
        return continuation instanceof Continuation.None ? new Completeness.Complete() : new Completeness.Invalid();
    }

    /** A header asks for a body. */
    private static boolean isHeaderAlone(String text) {
        return Magics.isCellMagic(text) && text.strip().indexOf('\n') < 0;
    }
}
