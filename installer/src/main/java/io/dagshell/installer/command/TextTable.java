package io.dagshell.installer.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Aligned columns for a terminal; without rows it prints nothing. */
final class TextTable {
    private final List<List<String>> lines = new ArrayList<>();

    TextTable(String... headings) {
        lines.add(List.of(headings));
    }

    void row(String... cells) {
        lines.add(List.of(cells));
    }

    void print(PrintWriter out) {
        if (lines.size() == 1) {
            return;
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String cell = line.get(column);
                text.append(cell).append(" ".repeat(width(column) - length(cell) + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> length(line.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
