package io.dagshell.installer.command;

import io.dagshell.installer.CommandProblem;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 500m}, {@code 5g}. */
final class Size {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s*([mg])b?");

    private Size() {}

    static long bytes(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw CommandProblem.badInput(option + " is a size such as 500m or 5g, not '" + text + "'.");
        }
        return Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("g") ? 30 : 20);
    }
}
