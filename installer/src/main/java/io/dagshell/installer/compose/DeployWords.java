package io.dagshell.installer.compose;

import io.dagshell.installer.CommandProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind {@code %deploy}.
 *
 * @param status only compare
 * @param schedule an entry of {@code schedules:}
 */
record DeployWords(boolean status, String flow, String name, Optional<String> schedule) {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final List<String> RULES = List.of("--cron", "--rrule", "--every");
    private static final List<String> OPTIONS = List.of("--name", "--cron", "--rrule", "--every", "--tz");
    private static final String FORM = "%deploy [status] FLOW [--name NAME]"
            + " [--cron \"0 * * * *\" | --rrule \"FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=6\" | --every 10m] [--tz ZONE]";

    /** @throws CommandProblem they make no sense */
    static DeployWords parse(String typed) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(typed);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        Map<String, String> options = options(words);
        boolean status = words.size() > 1 && words.get(0).equals("status");
        if (status) {
            words.remove(0);
        }
        if (words.size() != 1) {
            throw CommandProblem.badInput("Name the flow: " + FORM + ".");
        }
        String flow = words.get(0);
        return new DeployWords(status, flow, options.getOrDefault("--name", flow), schedule(options));
    }

    private static Optional<String> schedule(Map<String, String> options) {
        List<String> rules = RULES.stream().filter(options::containsKey).toList();
        if (rules.size() > 1) {
            throw CommandProblem.badInput(
                    "A schedule has one rule, not " + String.join(" and ", rules) + ": " + FORM + ".");
        }
        String zone = options.get("--tz");
        if (zone != null && (rules.isEmpty() || rules.contains("--every"))) {
            throw CommandProblem.badInput("--tz is the time zone of --cron or --rrule: " + FORM + ".");
        }
        return rules.stream().findFirst().map(rule -> {
            String said = rule.substring(2) + ": \"" + options.get(rule) + "\"";
            return rule.equals("--every")
                    ? "{" + said + "}"
                    : "{" + said + ", zone: " + (zone == null ? "UTC" : zone) + "}";
        });
    }

    /** Takes them out of the words. */
    private static Map<String, String> options(List<String> words) {
        Map<String, String> options = new HashMap<>();
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            if (!word.startsWith("--")) {
                at++;
                continue;
            }
            if (!OPTIONS.contains(word)) {
                throw CommandProblem.badInput("There is no option '" + word + "': " + FORM + ".");
            }
            if (at + 1 == words.size()) {
                throw CommandProblem.badInput("The option " + word + " has no value: " + FORM + ".");
            }
            options.put(word, words.get(at + 1));
            words.subList(at, at + 2).clear();
        }
        return options;
    }
}
