package io.dagshell.kernel.dependency;

import io.dagshell.kernel.assist.PieceText;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.MagicLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell declares.
 *
 * @param statements in the order of the cell
 * @param offline whether nothing may be downloaded
 * @param update whether repositories are asked again for snapshots and ranges
 * @param remaining the cell's text with the magic lines blanked; comments such as {@code //DEPS} stay
 */
public record CellStatements(List<Statement> statements, boolean offline, boolean update, String remaining) {
    private static final Pattern MAGIC =
            Pattern.compile("^[ \\t]*%(maven|mavenRepo|loadFromPOM|classpath|jars)(?:[ \\t]+(.*?))?[ \\t]*$");
    private static final Pattern COMMENT = Pattern.compile("^//(DEPS|REPOS)[ \\t]+(.*?)[ \\t]*$");
    private static final Pattern POM_CELL = Pattern.compile("^\\s*%%loadFromPOM(?:[ \\t]+(.*?))?[ \\t]*(?:\\n|$)");
    /** The body is a file's or a shell's text, whatever it looks like: a script for jbang has {@code //DEPS} of its own. */
    private static final Pattern NO_JAVA = Pattern.compile("\\s*%%(?:writefile|bash|sh)\\b");
    /** Commas part coordinates, but not the two ends of a version range. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,]+(?![^\\[(]*[\\])])");
    /** In a notebook nobody else provides what is {@code provided}. */
    private static final Set<String> DEFAULT_SCOPES = Set.of("compile", "runtime", "provided");

    public CellStatements {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a cell.
     *
     * @throws CellProblem a line is not as it should be
     */
    public static CellStatements of(String cell) {
        Reader reader = new Reader();
        Matcher pom = POM_CELL.matcher(cell);
        if (pom.find()) {
            int line = 1 + (int) cell.substring(0, cell.indexOf("%%")).lines().count();
            reader.pom(Math.max(1, line), Optional.empty(), cell.substring(pom.end()), words(pom.group(1)));
            return reader.result(cell);
        }
        if (NO_JAVA.matcher(cell).lookingAt()) {
            return reader.result(cell);
        }
        return cell.stripLeading().startsWith("%%") ? reader.comments(cell) : reader.lines(cell);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return statements.isEmpty();
    }

    static List<String> words(@org.jspecify.annotations.Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        return Arrays.stream(BETWEEN_WORDS.split(text.strip(), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Takes the lines in. */
    private static final class Reader {
        private final List<Statement> statements = new ArrayList<>();
        private boolean offline;
        private boolean update;

        CellStatements result(String remaining) {
            return new CellStatements(statements, offline, update, remaining);
        }

        CellStatements lines(String cell) {
            StringBuilder remaining = new StringBuilder();
            String java = MagicLines.blanked(cell);
            Set<Integer> comments = PieceText.lineComments(java);
            int number = 0;
            for (String line : cell.split("(?<=\n)", -1)) {
                number++;
                String bare = line.stripTrailing();
                int at = remaining.length();
                boolean isJava = !java.substring(at, at + bare.length()).isBlank();
                boolean taken = isJava ? comments.contains(at) && comment(number, bare) : magic(number, bare);
                remaining.append(
                        taken && !bare.startsWith("//")
                                ? " ".repeat(bare.length()) + line.substring(bare.length())
                                : line);
            }
            return result(remaining.toString());
        }

        /** A cell with a header of its own holds no magic lines. */
        CellStatements comments(String cell) {
            int header = (cell + "\n").indexOf('\n', cell.indexOf("%%"));
            Set<Integer> comments = PieceText.lineComments(" ".repeat(header) + cell.substring(header));
            int number = 0;
            int at = 0;
            for (String line : cell.split("\n", -1)) {
                number++;
                if (comments.contains(at)) {
                    comment(number, line.stripTrailing());
                }
                at += line.length() + 1;
            }
            return result(cell);
        }

        private boolean magic(int number, String line) {
            Matcher magic = MAGIC.matcher(line);
            if (!magic.find()) {
                return false;
            }
            List<String> words = words(magic.group(2));
            switch (magic.group(1)) {
                case "maven" -> {
                    if (words.isEmpty()) {
                        return false;
                    }
                    maven(number, line, words);
                }
                case "mavenRepo" -> repository(number, line, words);
                case "loadFromPOM" -> pomFile(number, line, words);
                default -> classPath(number, line, magic.group(2));
            }
            return true;
        }

        private boolean comment(int number, String line) {
            Matcher comment = COMMENT.matcher(line);
            if (!comment.find()) {
                return false;
            }
            String rest = comment.group(2).replaceFirst("(^|\\s)(//|#).*$", "");
            for (String word : words(rest)) {
                if (comment.group(1).equals("DEPS")) {
                    Coordinate coordinate = coordinate(number, line, word);
                    boolean bom = coordinate.extension().equals("pom");
                    statements.add(
                            bom
                                    ? new Statement.Bom(number, coordinate)
                                    : new Statement.Jar(number, coordinate, List.of()));
                } else {
                    repository(number, line, List.of(word));
                }
            }
            return true;
        }

        private void maven(int number, String line, List<String> words) {
            boolean bom = words.get(0).equals("bom");
            List<Coordinate> coordinates = new ArrayList<>();
            List<String> exclusions = new ArrayList<>();
            for (int i = bom ? 1 : 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word.startsWith("--exclude=")) {
                    exclusions.add(exclusion(number, line, word.substring("--exclude=".length())));
                } else if (word.equals("--exclude")) {
                    i++;
                    exclusions.add(exclusion(number, line, i < words.size() ? words.get(i) : ""));
                } else if (word.startsWith("--")) {
                    option(number, line, word);
                } else {
                    coordinates.add(coordinate(number, line, word));
                }
            }
            if (coordinates.isEmpty()) {
                throw problem(number, line, line.strip(), "name what to load: " + Coordinate.FORMS);
            }
            for (Coordinate coordinate : coordinates) {
                statements.add(
                        bom
                                ? new Statement.Bom(number, coordinate)
                                : new Statement.Jar(number, coordinate, exclusions));
            }
        }

        private void option(int number, String line, String word) {
            switch (word) {
                case "--offline" -> offline = true;
                case "--update" -> update = true;
                default ->
                    throw problem(
                            number, line, word, "no option " + word + "; there are --exclude g:a, --offline, --update");
            }
        }

        private static String exclusion(int number, String line, String text) {
            if (!text.matches("[\\w.*-]+:[\\w.*-]+")) {
                throw problem(number, line, text, "exclude what? write --exclude group:artifact; * stands for any");
            }
            return text;
        }

        private static Coordinate coordinate(int number, String line, String word) {
            try {
                return Coordinate.parse(word);
            } catch (IllegalArgumentException malformed) {
                throw problem(number, line, word, String.valueOf(malformed.getMessage()));
            }
        }

        private void repository(int number, String line, List<String> words) {
            String[] pair = words.size() == 1 ? words.get(0).split("=", 2) : words.toArray(String[]::new);
            String url = pair[pair.length - 1];
            if (pair.length > 2 || words.isEmpty() || !url.matches("[a-z]+:.+")) {
                throw problem(number, line, line.strip(), "write a repository as %mavenRepo id url");
            }
            statements.add(new Statement.Repository(number, pair.length == 2 ? pair[0] : url, url));
        }

        private void pomFile(int number, String line, List<String> words) {
            if (words.isEmpty()) {
                throw problem(number, line, line.strip(), "name the file: %loadFromPOM pom.xml");
            }
            pom(number, Optional.of(words.get(0)), "", words.subList(1, words.size()));
        }

        void pom(int number, Optional<String> file, String text, List<String> scopes) {
            statements.add(new Statement.Pom(
                    number, file, text, scopes.isEmpty() ? DEFAULT_SCOPES : new LinkedHashSet<>(scopes)));
        }

        private void classPath(int number, String line, @org.jspecify.annotations.Nullable String path) {
            if (path == null || path.isBlank()) {
                throw problem(number, line, line.strip(), "name a jar or a folder of classes");
            }
            for (String entry : path.split(java.io.File.pathSeparator)) {
                statements.add(new Statement.ClassPath(number, entry.strip()));
            }
        }

        private static CellProblem problem(int number, String line, String at, String message) {
            return new CellProblem(number, 1 + Math.max(0, line.indexOf(at)), message);
        }
    }
}
