package io.dagshell.kernel.session;

import java.util.ArrayList;
import java.util.List;

/** Shortens what repeats in a trace: recursion shows once, with how often it went on. */
final class FrameFolding {
    private static final int LONGEST = 8;
    private static final int WORTH_FOLDING = 4;

    private FrameFolding() {}

    static List<String> fold(List<String> frames) {
        List<String> folded = new ArrayList<>();
        int at = 0;
        while (at < frames.size()) {
            int period = 1;
            int times = 1;
            for (int length = 1; length <= LONGEST && times == 1; length++) {
                int found = repeats(frames, at, length);
                if (found * length >= WORTH_FOLDING + length) {
                    period = length;
                    times = found;
                }
            }
            folded.addAll(frames.subList(at, at + period));
            if (times > 1) {
                folded.add("    ... " + (times - 1) + (period == 1 ? " more of it" : " more of these " + period));
            }
            at += period * times;
        }
        return folded;
    }

    /** How often the block of that length stands at the place, one behind the other. */
    private static int repeats(List<String> frames, int start, int length) {
        int times = 1;
        while (start + (times + 1) * length <= frames.size()
                && frames.subList(start, start + length)
                        .equals(frames.subList(start + times * length, start + (times + 1) * length))) {
            times++;
        }
        return times;
    }
}
