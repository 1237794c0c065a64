package io.dagshell.magics.header;

import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.Policy.CacheRule;
import io.dagshell.engine.model.TagLimits;
import io.dagshell.kernel.session.CellProblem;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Understands the words of a header line. */
final class HeaderParser {
    private final HeaderLine line;
    private final Map<HeaderOption, HeaderLine.Word> given = new EnumMap<>(HeaderOption.class);

    HeaderParser(HeaderLine line) {
        this.line = line;
    }

    CellHeader parse() {
        line.words().forEach(this::take);
        if (given.containsKey(HeaderOption.EFFECT) && given.containsKey(HeaderOption.CACHE)) {
            HeaderLine.Word later = last(HeaderOption.EFFECT, HeaderOption.CACHE);
            throw problem(
                    later.column(),
                    "a task with effect changes the world and is never skipped: leave out either 'effect' or 'cache'");
        }
        return new CellHeader(line.kind(), policy(), line.number(), line.end());
    }

    private Policy policy() {
        return new Policy(
                text(HeaderOption.NAME).orElse(""),
                new RetryWords(this).rule(),
                cache(),
                given.containsKey(HeaderOption.EFFECT),
                duration(HeaderOption.TIMEOUT),
                tags(),
                number(HeaderOption.CONCURRENCY, 1),
                tagLimits(),
                text(HeaderOption.VERSION));
    }

    private void take(HeaderLine.Word word) {
        HeaderOption option = HeaderOption.of(word.name()).orElseThrow(() -> unknown(word));
        if (!option.appliesTo(line.kind())) {
            throw problem(
                    word.column(),
                    "'" + option.word() + "' is no option of " + line.kind().magic() + elsewhere(option));
        }
        if (!word.closed()) {
            throw problem(
                    word.valueColumn(), "the quote of '" + option.word() + "' is not closed, write " + option.form());
        }
        if (word.value().isEmpty() && !option.mayStandAlone()) {
            throw problem(word.column(), "'" + option.word() + "' needs a value, such as " + option.form());
        }
        if (word.value().isPresent() && !option.takesValue()) {
            throw problem(word.valueColumn() - 1, "'" + option.word() + "' takes no value, write " + option.form());
        }
        if (word.value().filter(String::isBlank).isPresent()) {
            throw wrong(option, word, option.form());
        }
        if (given.putIfAbsent(option, word) != null) {
            throw problem(word.column(), "'" + option.word() + "' is given twice");
        }
    }

    private static String elsewhere(HeaderOption option) {
        String magics = Arrays.stream(CellKind.values())
                .filter(option::appliesTo)
                .map(CellKind::magic)
                .collect(Collectors.joining(" and "));
        return ", only of " + magics;
    }

    private CellProblem unknown(HeaderLine.Word word) {
        var words =
                HeaderOption.of(line.kind()).stream().map(HeaderOption::word).toList();
        if (words.isEmpty()) {
            return problem(word.column(), line.kind().magic() + " takes no options");
        }
        String said = "unknown option '" + word.name() + "' of " + line.kind().magic();
        return problem(
                word.column(),
                NearestName.of(word.name(), words)
                        .map(near -> said + ", did you mean '" + near + "'?")
                        .orElse(said + ", it has " + String.join(", ", words)));
    }

    private Optional<CacheRule> cache() {
        return given.containsKey(HeaderOption.CACHE)
                ? Optional.of(new CacheRule(duration(HeaderOption.CACHE)))
                : Optional.empty();
    }

    private Optional<Duration> duration(HeaderOption option) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(text.get());
        if (duration.isEmpty() || duration.get().isZero()) {
            throw wrong(option, word(option).orElseThrow(), Durations.FORM);
        }
        return duration;
    }

    OptionalInt number(HeaderOption option, int least) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean digits = text.get().chars().allMatch(c -> c >= '0' && c <= '9')
                && text.get().length() < 7;
        if (!digits || Integer.parseInt(text.get()) < least) {
            throw wrong(option, word(option).orElseThrow(), "a whole number from " + least);
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    private SortedMap<String, Integer> tagLimits() {
        return text(HeaderOption.TAG_LIMITS)
                .map(text -> TagLimits.parse(text)
                        .orElseThrow(() -> wrong(HeaderOption.TAG_LIMITS, "tags and numbers, such as db:2,web:4")))
                .orElseGet(TreeMap::new);
    }

    private SortedSet<String> tags() {
        SortedSet<String> tags = new TreeSet<>();
        text(HeaderOption.TAGS).ifPresent(text -> {
            for (String tag : text.split(",", -1)) {
                if (tag.isBlank()) {
                    throw wrong(HeaderOption.TAGS, word(HeaderOption.TAGS).orElseThrow(), "words joined by commas");
                }
                tags.add(tag.strip());
            }
        });
        return tags;
    }

    Optional<String> text(HeaderOption option) {
        return word(option).flatMap(HeaderLine.Word::value);
    }

    Optional<HeaderLine.Word> word(HeaderOption option) {
        return Optional.ofNullable(given.get(option));
    }

    private HeaderLine.Word last(HeaderOption one, HeaderOption other) {
        HeaderLine.Word first = word(one).orElseThrow();
        HeaderLine.Word second = word(other).orElseThrow();
        return first.column() > second.column() ? first : second;
    }

    CellProblem wrong(HeaderOption option, String accepted) {
        return wrong(option, word(option).orElseThrow(), accepted);
    }

    private CellProblem wrong(HeaderOption option, HeaderLine.Word word, String accepted) {
        return problem(
                word.valueColumn(),
                "'" + word.value().orElse("") + "' is no value of '" + option.word() + "', which takes " + accepted);
    }

    CellProblem problem(int column, String message) {
        return new CellProblem(line.number(), column, message);
    }
}
