package io.dagshell.magics.header;

import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.model.RetryRule.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a header about trying again: {@code retries=3 retryDelay=10s}, {@code retryDelay=1s,10s,1m} (a list alone
 * says how many), {@code retries=5 retryDelay=1s..5m} (doubling), {@code retryJitter=20%}, {@code retryOn=IOException}.
 */
final class RetryWords {
    private static final String DELAYS = "a time such as 10s, several such as 1s,10s,1m, or a range such as 1s..5m";
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");
    private static final Pattern CLASS = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$.]*");

    private final HeaderParser header;

    RetryWords(HeaderParser header) {
        this.header = header;
    }

    RetryRule rule() {
        Delay delay =
                header.text(HeaderOption.RETRY_DELAY).map(this::delay).orElse(new Delay.Listed(List.of(Duration.ZERO)));
        return new RetryRule(retries(delay), delay, jitter(), on());
    }

    private int retries(Delay delay) {
        var given = header.number(HeaderOption.RETRIES, 0);
        if (given.isPresent()) {
            return given.getAsInt();
        }
        if (delay instanceof Delay.Listed listed && listed.waits().size() > 1) {
            return listed.waits().size();
        }
        for (HeaderOption option :
                List.of(HeaderOption.RETRY_DELAY, HeaderOption.RETRY_JITTER, HeaderOption.RETRY_ON)) {
            header.word(option).ifPresent(word -> {
                throw header.problem(
                        word.column(), "'" + option.word() + "' needs 'retries', such as retries=3 " + option.form());
            });
        }
        return 0;
    }

    private Delay delay(String text) {
        int range = text.indexOf("..");
        if (range >= 0) {
            Duration first = time(text.substring(0, range));
            Duration most = time(text.substring(range + 2));
            if (first.isZero() || most.compareTo(first) < 0) {
                throw header.wrong(HeaderOption.RETRY_DELAY, DELAYS);
            }
            return new Delay.Doubling(first, most);
        }
        List<Duration> waits = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            waits.add(time(each));
        }
        return new Delay.Listed(waits);
    }

    private Duration time(String text) {
        return Durations.parse(text.strip()).orElseThrow(() -> header.wrong(HeaderOption.RETRY_DELAY, DELAYS));
    }

    private double jitter() {
        Optional<String> text = header.text(HeaderOption.RETRY_JITTER);
        if (text.isEmpty()) {
            return 0;
        }
        Matcher percent = PERCENT.matcher(text.get());
        if (!percent.matches() || Integer.parseInt(percent.group(1)) > 100) {
            throw header.wrong(HeaderOption.RETRY_JITTER, "a percentage from 0% to 100%");
        }
        return Integer.parseInt(percent.group(1)) / 100.0;
    }

    private List<String> on() {
        List<String> names = new ArrayList<>();
        header.text(HeaderOption.RETRY_ON).ifPresent(text -> {
            for (String each : text.split(",", -1)) {
                if (!CLASS.matcher(each.strip()).matches()) {
                    throw header.wrong(HeaderOption.RETRY_ON, "names of exceptions joined by commas");
                }
                names.add(each.strip());
            }
        });
        return names;
    }
}
