package io.dagshell.installer.compose;

import io.dagshell.blocks.SqlException;
import io.dagshell.blocks.SqlText;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.KernelExtension;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.kernel.session.TransformedCell.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * {@code %%sql BLOCK [-o NAME]} over SQL: one call of the PostgreSQL block, with each {@code :name} a variable of the
 * session that the compiler checks and the driver binds.
 */
final class SqlCells implements KernelExtension {
    private static final Pattern CELL = Pattern.compile("\\A\\s*%%sql(?![\\w.])(?<words>[^\\r\\n]*)");
    private static final Pattern BLOCK = Pattern.compile("\\A\\s*%%sql[ \\t]+(?<typed>[a-z0-9-]*)");
    private static final Pattern WORDS =
            Pattern.compile("(?<block>[^\\s\"\\\\-][^\\s\"\\\\]*)(?:\\s+-o\\s+(?<name>\\S+))?");
    private static final String USAGE = "%%sql BLOCK [-o NAME]";

    private final BlockSource blocks;

    /** @param blocks those to offer while a person types */
    SqlCells(BlockSource blocks) {
        this.blocks = blocks;
    }

    @Override
    public Optional<TransformedCell> transform(CellRequest cell) {
        Matcher header = CELL.matcher(cell.text());
        return header.find() ? Optional.of(java(cell.text(), header)) : Optional.empty();
    }

    @Override
    public Optional<TransformedCell> transformForAssist(String text) {
        try {
            return transform(new CellRequest("", 0, text));
        } catch (CellProblem unfinished) {
            return Optional.empty();
        }
    }

    /** For the list of magics: a cell that starts so is Java by the time magics are looked up. */
    @Override
    public Map<String, CellMagic> cellMagics() {
        return Map.of("sql", (arguments, body) -> {
            throw new IllegalArgumentException("a cell of SQL names its block: " + USAGE);
        });
    }

    /** Blocks of PostgreSQL behind {@code %%sql}. */
    @Override
    public List<Suggestion> complete(String text, int offset) {
        Matcher header = BLOCK.matcher(text.substring(0, Math.min(offset, text.length())));
        if (!header.matches()) {
            return List.of();
        }
        String typed = header.group("typed");
        return blocks.names().stream()
                .filter(name -> name.value().startsWith(typed) && isPostgres(name))
                .map(name -> new Suggestion(offset - typed.length(), name.value(), "block", "block of PostgreSQL"))
                .toList();
    }

    private boolean isPostgres(BlockName name) {
        try {
            return blocks.find(name)
                    .filter(found -> found.type().equals("postgres"))
                    .isPresent();
        } catch (RuntimeException unreadable) {
            return false; // a name is only offered; what is wrong with it is told when it is used
        }
    }

    @Override
    public Map<String, String> magicHelp() {
        return Map.of(
                "%%sql",
                USAGE + "\n\nRuns SQL in the PostgreSQL block of that name and shows the table it answers; -o keeps it"
                        + " in a variable. :name is the value of the session's variable of that name.");
    }

    /** The SQL of a cell stands at its own lines and columns, so a place in it is one of the cell. */
    @Override
    public Optional<CellProblem> placeOf(CellRequest cell, Throwable thrown) {
        return thrown instanceof SqlException refused
                        && CELL.matcher(cell.text()).find()
                ? Optional.of(problem(cell.text(), refused.offset(), refused.problem()))
                : Optional.empty();
    }

    private static TransformedCell java(String cell, Matcher header) {
        Matcher words = WORDS.matcher(header.group("words").strip());
        if (!words.matches()) {
            throw problem(cell, header.start("words"), "a cell of SQL names its block: " + USAGE);
        }
        String name = words.group("name");
        if (name != null && (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name))) {
            throw problem(cell, header.start("words"), "'" + name + "' is no name of a variable: " + USAGE);
        }
        // the header's place stays, so that lines of the SQL are lines of the cell
        String sql = cell.substring(0, header.end()).replaceAll("[^\\n]", " ") + cell.substring(header.end());
        if (sql.isBlank()) {
            throw problem(
                    cell,
                    header.start(),
                    "there is no SQL below " + header.group().strip());
        }
        Writing java = new Writing(cell);
        java.add("\n".repeat((int)
                cell.substring(0, header.end()).chars().filter(c -> c == '\n').count()));
        java.add((name == null ? "" : "var " + name + " = ") + "io.dagshell.blocks.Blocks.postgres(\""
                + words.group("block")
                + "\")." + (name == null ? "answer" : "query") + "(" + literal(sql)
                + ", io.dagshell.blocks.SqlText.values(\"\"");
        parameters(sql).forEach(java::parameter);
        java.upTo(cell.length());
        java.add("))" + (name == null ? "" : "; " + name));
        return java.done();
    }

    private static List<SqlText.Parameter> parameters(String sql) {
        return SqlText.statements(sql).stream()
                .flatMap(statement -> statement.parameters().stream())
                .sorted(Comparator.comparingInt(SqlText.Parameter::offset))
                .toList();
    }

    private static CellProblem problem(String cell, int offset, String message) {
        int line = 1
                + (int) cell.substring(0, offset).chars().filter(c -> c == '\n').count();
        int start = cell.lastIndexOf('\n', offset - 1) + 1;
        return new CellProblem(line, 1 + cell.codePointCount(start, offset), message);
    }

    /** A Java string on one line. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.chars().forEach(c -> literal.append(escaped(c)));
        return literal.append('"').toString();
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> c < ' ' || c > '~' ? "\\u%04x".formatted(c) : Character.toString(c);
        };
    }

    /** The Java text as it grows, each parameter on its own line of the cell. */
    private static final class Writing {
        private final String cell;
        private final StringBuilder java = new StringBuilder();
        private final List<Span> spans = new ArrayList<>();
        private int line;

        Writing(String cell) {
            this.cell = cell;
        }

        void add(String text) {
            java.append(text);
            line += (int) text.chars().filter(c -> c == '\n').count();
        }

        void parameter(SqlText.Parameter parameter) {
            upTo(parameter.offset());
            add(", \"" + parameter.name() + "\", ");
            spans.add(new Span(
                    java.length(), parameter.offset() + 1, parameter.name().length()));
            add(parameter.name());
        }

        void upTo(int offset) {
            int wanted = (int)
                    cell.substring(0, offset).chars().filter(c -> c == '\n').count();
            add("\n".repeat(Math.max(0, wanted - line)));
        }

        TransformedCell done() {
            return new TransformedCell(java.toString(), spans);
        }
    }
}
