package io.dagshell.notebooks;

/**
 * A code cell as the file has it.
 *
 * @param index among code cells, from 1; the number in {@code etl.ipynb[7]}
 * @param text its source
 * @param injected put there by a run with parameters, not by the author
 * @param parameters tagged {@code parameters} by the author
 */
public record CodeCell(int index, String text, boolean injected, boolean parameters) {

    /** Its first line that is not blank, without the space around it. */
    public String firstLine() {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether its first line that is not blank is the magic {@code %%name}. */
    public boolean hasMagic(String name) {
        String start = text.stripLeading();
        String magic = "%%" + name;
        return start.startsWith(magic)
                && (start.length() == magic.length() || Character.isWhitespace(start.charAt(magic.length())));
    }
}
