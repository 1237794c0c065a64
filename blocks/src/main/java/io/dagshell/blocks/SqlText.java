package io.dagshell.blocks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL as people write it: statements ended by semicolons, parameters as {@code :name}. Quoted texts and names, comments and
 * {@code $$ … $$} bodies are left as they are, and so are casts ({@code ::date}).
 */
public final class SqlText {
    /** What is no place for a parameter or a semicolon, in the order tried; the last group is a parameter's name. */
    private static final Pattern TOKEN = Pattern.compile("(?<skip>"
            + "[eE]'(?:[^'\\\\]|''|\\\\.)*+'?"
            + "|'(?:[^']|'')*+'?"
            + "|\"(?:[^\"]|\"\")*+\"?"
            + "|--[^\\n]*+"
            + "|/\\*(?s:.*?)(?:\\*/|$)"
            + "|(?<![\\w$])\\$(?<tag>(?:[A-Za-z_]\\w*)?)\\$(?s:.*?)(?:\\$\\k<tag>\\$|\\z)"
            + "|::|:=|(?<=[\\w\\])]):"
            + ")|(?<end>;)|(?<ask>\\?)|:(?<name>[A-Za-z_]\\w*)");

    private SqlText() {}

    /**
     * One statement.
     *
     * @param jdbc what the driver gets: {@code ?} for each parameter
     * @param parameters in the order of their places
     * @param pieces of the statement as the server sees it
     */
    public record Statement(String jdbc, List<Parameter> parameters, List<Piece> pieces) {
        public Statement {
            parameters = List.copyOf(parameters);
            pieces = List.copyOf(pieces);
        }

        /** Where a place that the server names (from 1, in characters) stands in the whole text. */
        int offset(int position) {
            String sent = String.join("", pieces.stream().map(Piece::sent).toList());
            int at = sent.offsetByCodePoints(0, Math.min(position - 1, sent.codePointCount(0, sent.length())));
            for (Piece piece : pieces) {
                if (at < piece.sent().length()) {
                    return piece.offset() + (piece.isParameter() ? 0 : at);
                }
                at -= piece.sent().length();
            }
            return pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).offset();
        }
    }

    /** {@code :name} at an offset of the whole text. */
    public record Parameter(String name, int offset) {}

    /** Text the server gets, and where it stands in the whole text. */
    public record Piece(String sent, int offset, boolean isParameter) {}

    /** The statements of a text, those of nothing but space and comments left out. */
    public static List<Statement> statements(String sql) {
        List<Statement> statements = new ArrayList<>();
        Building now = new Building(sql, 0);
        Matcher token = TOKEN.matcher(sql);
        while (token.find()) {
            if (token.group("end") != null) {
                now.upTo(token.start());
                now.built().ifPresent(statements::add);
                now = new Building(sql, token.end());
            } else if (token.group("ask") != null) {
                now.question(token.start());
            } else if (token.group("name") != null) {
                now.parameter(token.group("name"), token.start());
            }
        }
        now.upTo(sql.length());
        now.built().ifPresent(statements::add);
        return statements;
    }

    /** Values by name, of {@code ("", "day", day, "n", n)}: what an {@code %%sql} cell gives its parameters. Nulls may be in it. */
    public static Map<String, @Nullable Object> values(@Nullable Object... pairs) {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int i = 1; i < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return values;
    }

    /** A statement in the making. */
    private static final class Building {
        private final String sql;
        private final StringBuilder jdbc = new StringBuilder();
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Piece> pieces = new ArrayList<>();
        private int taken;

        Building(String sql, int start) {
            this.sql = sql;
            this.taken = start;
        }

        void upTo(int end) {
            if (end > taken) {
                String text = sql.substring(taken, end);
                jdbc.append(text);
                pieces.add(new Piece(text, taken, false));
                taken = end;
            }
        }

        /** An operator of PostgreSQL, which the driver would take for a parameter. */
        void question(int at) {
            upTo(at + 1);
            jdbc.append('?');
        }

        void parameter(String name, int at) {
            upTo(at);
            parameters.add(new Parameter(name, at));
            jdbc.append('?');
            pieces.add(new Piece("$" + parameters.size(), at, true));
            taken = at + 1 + name.length();
        }

        Optional<Statement> built() {
            boolean empty = TOKEN.matcher(jdbc)
                    .replaceAll(found ->
                            found.group().startsWith("--") || found.group().startsWith("/*")
                                    ? ""
                                    : Matcher.quoteReplacement(found.group()))
                    .isBlank();
            return empty ? Optional.empty() : Optional.of(new Statement(jdbc.toString(), parameters, pieces));
        }
    }
}
