package io.dagshell.server.web;

import io.dagshell.engine.model.State;
import io.dagshell.engine.picture.Amounts;
import io.dagshell.store.orchestration.Agent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How values look in templates. Stateless. */
public final class Shown {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SHORT_ID = 13;

    private Shown() {}

    /** {@code Awaiting retry}. */
    public static String word(State state) {
        String word = state.word().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    /** What is said of an agent in a word or three. */
    public static String word(Agent agent) {
        if (!agent.alive()) {
            return "Missing";
        }
        return agent.notServed().isPresent() ? "Gets no runs" : "Alive";
    }

    /** Its sign, and the class of its colour. */
    public static String sign(Agent agent) {
        if (!agent.alive()) {
            return "crashed";
        }
        return agent.notServed().isPresent() ? "late" : "completed";
    }

    /** The name of a state in style sheets and of its sign. */
    public static String slug(State state) {
        return state.word().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    public static String moment(Instant at) {
        return MOMENT.format(at) + " UTC";
    }

    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    public static String took(Duration duration) {
        return Amounts.time(duration);
    }

    public static String count(long number) {
        return Amounts.count(number);
    }

    /** {@code 1 run}, {@code 2 runs}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** The beginning of an id, enough to tell runs apart. */
    public static String shortId(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }

    /** For a segment of an address or the value of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@code 12.5%}, for style attributes. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f%%", 100 * share);
    }
}
