package io.dagshell.kernel.dependency;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Names of libraries that a mistyped one may have meant. */
public final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /** At most three of {@code known} that are near {@code typed}, nearest first; both {@code group:artifact}. */
    public static List<String> of(String typed, Collection<String> known) {
        int limit = Math.max(2, typed.length() / 6);
        List<Map.Entry<String, Integer>> near = new ArrayList<>();
        for (String name : known) {
            int distance = sameArtifact(typed, name) ? 1 : distance(typed, name, limit);
            if (distance <= limit) {
                near.add(Map.entry(name, distance));
            }
        }
        near.sort(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        return near.stream().map(Map.Entry::getKey).limit(SHOWN).toList();
    }

    private static boolean sameArtifact(String one, String other) {
        return one.substring(one.indexOf(':')).equals(other.substring(other.indexOf(':')));
    }

    /** Letters to insert, delete or exchange; a number above {@code limit} if it is more. */
    private static int distance(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) > limit) {
            return limit + 1;
        }
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                int exchanged = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
