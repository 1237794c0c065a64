package io.dagshell.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A notebook with a cached task that reaches a bit of everything, and edits of it. The task counts its own runs. */
final class Mutations {
    static final String TASK = """
            %%task cache
            int t(int n, List<Square> shapes) {
                System.setProperty("ran", "" + (Integer.getInteger("ran", 0) + 1));
                int sum = h(n) + RATE + Color.GREEN.weight + max(n, 0) + largest(List.of(n, 2));
                for (Shape shape : shapes) sum += shape.area() + shape.edge();
                sum += new Fee.Fixed().due(n) + twice().applyAsInt(n) + made().get() + referred(n);
                return even(n) ? sum : sum + 100;
            }
            """;

    static final List<String> CELLS = List.of(
            "import static java.lang.Math.*;",
            "static final int BASE = 1;",
            "static final int RATE = BASE + 1;",
            "enum Color { RED(1), GREEN(2); final int weight; Color(int weight) { this.weight = weight * 1; } }",
            "interface Shape { int EDGE = 1; int area(); default int edge() { return EDGE; } }",
            "record Square(int side) implements Shape {\n"
                    + "    Square { if (side < 0) throw new IllegalArgumentException(\"negative \" + side); }\n"
                    + "    public int area() { return side * side; }\n}",
            "abstract class Fee {\n    int due(int n) { return n + extra(); }\n    abstract int extra();\n"
                    + "    static class Fixed extends Fee { int extra() { return 3; } }\n}",
            "<T extends Comparable<T>> T largest(List<T> all) { return all.stream().skip(0).max(Comparator.naturalOrder()).orElseThrow(); }",
            "int deep(int n) { return n + 1; }",
            "int h(int n) { return deep(n) * 2; }",
            "IntUnaryOperator twice() { return x -> x * 2; }",
            "Supplier<Integer> made() { return new Supplier<Integer>() { public Integer get() { return 4; } }; }",
            "class Kit { static int up(int n) { return n + 1; } }",
            "int referred(int n) { return Stream.of(n).mapToInt(Kit::up).sum(); }",
            "boolean even(int n) { return n <= 0 || odd(n - 1); }\nboolean odd(int n) { return n > 0 && even(n - 1); }",
            TASK);

    static final String ARGUMENTS = "3, List.of(new Square(2))";

    private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\b");
    private static final Pattern GAP = Pattern.compile("(?<=[;{}(),])");

    private Mutations() {}

    /**
     * An edit.
     *
     * @param replaced cells that it takes the place of
     * @param cell what is run instead, after all others in a session; empty for nothing
     * @param arguments of the call after it
     */
    record Edit(List<Integer> replaced, String cell, String arguments) {
        /** The notebook's cells as its author would save them. */
        List<String> cells() {
            List<String> cells = new ArrayList<>(CELLS);
            replaced.forEach(place -> cells.set(place, ""));
            if (replaced.isEmpty()) {
                cells.add(cell);
            } else {
                cells.set(replaced.get(0), cell);
            }
            cells.removeIf(String::isEmpty);
            return cells;
        }

        @Override
        public String toString() {
            return cell.isEmpty() ? "t(" + arguments + ")" : cell;
        }
    }

    /** One of the cell, or of several, that begin so. */
    private static Edit edit(String cell, String... replaced) {
        List<Integer> places = new ArrayList<>();
        for (String start : replaced) {
            places.add(IntStream.range(0, CELLS.size())
                    .filter(i -> CELLS.get(i).startsWith(start))
                    .findFirst()
                    .orElseThrow());
        }
        return new Edit(places, cell, ARGUMENTS);
    }

    /** The notebook as it is. */
    static Edit none() {
        return edit("");
    }

    /** The same task without cache and counter: it says what is right. */
    static String truth(String task) {
        return task.replaceFirst("%%task .*", "%%task")
                .replace("int t(", "int truth(")
                .replaceAll("System\\.setProperty[^;]*;", "");
    }

    /** Edits that change nothing of the result. */
    static List<Edit> cosmetic() {
        List<Edit> edits = new ArrayList<>(List.of(
                edit(TASK.replace("%%task cache", "%%task cache=1d retries=2 tags=a name=\"T\" timeout=5m"), "%%task"),
                edit(TASK.replace("h(n) + RATE", "(h(n)) + RATE"), "%%task"),
                edit("int deep(int n) {\n    /* one more */ return n + 0x1;\n}", "int deep"),
                edit("int h(int n) { return (deep(n) * 2); } // twice", "int h"),
                edit(
                        "static final int BASE = 1;\nstatic final int RATE = BASE + 1;",
                        "static final int BASE",
                        "static final int RATE"),
                edit("static final int RATE = BASE + 0b1;", "static final int RATE"),
                edit("import static java.lang.Math.*;\nimport java.util.concurrent.*;", "import"),
                edit("int unrelated(int n) { return n; }\nint x = 5; x += 1;"),
                edit("record Unrelated(int n) {}"),
                edit("class Kit { static int up(int n) { return n + 1; } } // as before", "class Kit")));
        for (String cell : CELLS.subList(1, CELLS.size())) {
            edits.add(edit(spaced(cell), cell));
        }
        return edits;
    }

    /** A comment and a line break in every gap that the cell has. */
    private static String spaced(String cell) {
        int body = cell.startsWith("%%") ? cell.indexOf('\n') + 1 : 0;
        return cell.substring(0, body) + GAP.matcher(cell.substring(body)).replaceAll(" /* gap */\n ");
    }

    /** Edits that may change the result. */
    static List<Edit> changes() {
        List<Edit> edits = new ArrayList<>(List.of(
                edit(TASK.replace("cache", "cache version=2"), "%%task"),
                edit(TASK.replace("sum += shape", "sum += 1 + shape"), "%%task"),
                edit("int h(int n) { return deep(n) * 2 + 1; }\nint deep(int n) { return n; }", "int deep", "int h"),
                edit("int max(int a, int b) { return a - b; }"),
                edit(
                        "record Square(int side) implements Shape { public int area() { return side; } }",
                        "record Square"),
                edit(
                        "record Square(int side) implements Shape { public int area() { return side * side; } public int edge() { return 5; } }",
                        "record Square"),
                edit("record Circle(int r) implements Shape { public int area() { return 3; } }"),
                edit("%%time\nint deep(int n) { return n + 2; }", "int deep"),
                edit("long deep(long n) { return n + 1; }\nint deep(int n) { return n + 3; }", "int deep"),
                edit("int referred(int n) { return Stream.of(n).mapToInt(Integer::intValue).sum(); }", "int referred"),
                edit(
                        "enum Color { GREEN(2), RED(1); final int weight; Color(int weight) { this.weight = weight * 1; } }",
                        "enum Color")));
        for (String cell : CELLS) {
            edits.addAll(numbersOf(cell));
        }
        for (String arguments :
                List.of("4, List.of(new Square(2))", "3, List.of()", "3, new ArrayList<>(List.of(new Square(3)))")) {
            edits.add(new Edit(List.of(), "", arguments));
        }
        return edits;
    }

    /** The cell with each of its numbers one higher. A constant another is made of is run again with that. */
    private static List<Edit> numbersOf(String cell) {
        int body = cell.startsWith("%%") ? cell.indexOf("sum") : 0;
        boolean base = cell.contains("BASE = ");
        return NUMBER.matcher(cell)
                .results()
                .filter(number -> number.start() >= body)
                .map(number -> raised(cell, number))
                .map(raised -> base
                        ? edit(raised + "\nstatic final int RATE = BASE + 1;", cell, "static final int RATE")
                        : edit(raised, cell))
                .toList();
    }

    private static String raised(String cell, MatchResult number) {
        return cell.substring(0, number.start())
                + (Integer.parseInt(number.group()) + 1)
                + cell.substring(number.end());
    }
}
