package io.dagshell.magics.header;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant. */
final class NearestName {
    private NearestName() {}

    /** The one of {@code names} with the fewest edits from {@code typed}, if that is less than half of it. */
    static Optional<String> of(String typed, Collection<String> names) {
        Optional<String> best = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            int distance = distance(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (name.toLowerCase(Locale.ROOT).startsWith(typed.toLowerCase(Locale.ROOT)) && typed.length() > 2) {
                distance = Math.min(distance, 1);
            }
            if (distance < least && distance * 2 <= Math.max(typed.length(), 2)) {
                least = distance;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /** Edits from one to the other: insert, delete, replace, swap two neighbours. */
    private static int distance(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edit(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int edit(int[][] edits, String from, String to, int i, int j) {
        int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(edits[i - 1][j - 1] + same, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
