package io.dagshell.engine.parameter;

/** How many letters two names differ in, for "did you mean". Stateless. */
final class Distance {
    private Distance() {}

    /** Levenshtein's distance, without regard to case. */
    static int between(String one, String two) {
        int[] above = new int[two.length() + 1];
        for (int column = 0; column <= two.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] here = new int[two.length() + 1];
            here[0] = row;
            for (int column = 1; column <= two.length(); column++) {
                int change = same(one.charAt(row - 1), two.charAt(column - 1)) ? 0 : 1;
                here[column] = Math.min(above[column - 1] + change, Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[two.length()];
    }

    private static boolean same(char one, char two) {
        return Character.toLowerCase(one) == Character.toLowerCase(two);
    }
}
