package io.dagshell.server.deploy;

import io.dagshell.engine.yaml.YamlDocument;
import io.dagshell.engine.yaml.YamlNode;
import io.dagshell.engine.yaml.YamlNode.Entry;
import io.dagshell.engine.yaml.YamlNode.Mapping;
import io.dagshell.engine.yaml.YamlNode.Scalar;
import io.dagshell.engine.yaml.YamlNode.Sequence;
import io.dagshell.engine.yaml.YamlProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The entries of a mapping, read strictly: each by its name and type, and none beside the known ones. */
record YamlEntries(String file, Mapping mapping) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern MEMORY = Pattern.compile("([1-9]\\d{0,6})([mMgG])");

    /** Below it a run does not get to its flow. */
    private static final int LEAST_MEGABYTES = 32;

    /** @throws InvalidDeploymentException it is no such document */
    static YamlEntries read(String file, String text) {
        try {
            return new YamlEntries(file, YamlDocument.read(text));
        } catch (YamlProblem wrong) {
            throw new InvalidDeploymentException(wrong.in(file), wrong);
        }
    }

    /** @throws InvalidDeploymentException there is an entry of another name */
    YamlEntries requireOnly(List<String> known) {
        for (Entry entry : mapping.entries()) {
            if (!known.contains(entry.name())) {
                throw problem(
                        entry.line(),
                        "there is no entry '" + entry.name() + "'; there are " + String.join(", ", known));
            }
        }
        return this;
    }

    InvalidDeploymentException problem(int line, String what) {
        return new InvalidDeploymentException(file + ":" + line + ": " + what + ".");
    }

    Optional<YamlNode> find(String name) {
        return mapping.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::value)
                .filter(value -> !(value instanceof Scalar scalar && scalar.text() == null))
                .findFirst();
    }

    /** Line of the entry, or where it would stand. */
    int line(String name) {
        return mapping.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::line)
                .findFirst()
                .orElse(mapping.line());
    }

    Optional<String> text(String name) {
        return find(name).map(value -> scalar(name, value));
    }

    String required(String name) {
        return text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> problem(line(name), "'" + name + "' is missing"));
    }

    private String scalar(String name, YamlNode value) {
        if (value instanceof Scalar scalar && scalar.text() != null) {
            return scalar.text();
        }
        throw problem(value.line(), "'" + name + "' is one text, not several");
    }

    OptionalInt number(String name, int least) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        String digits = text.get().strip();
        if (!digits.matches("\\d{1,9}") || Integer.parseInt(digits) < least) {
            throw problem(line(name), "'" + name + "' is a whole number from " + least + " on, not '" + digits + "'");
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    Optional<Boolean> flag(String name) {
        return text(name).map(text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem(line(name), "'" + name + "' is true or false, not '" + text + "'");
        });
    }

    Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            Matcher matcher = DURATION.matcher(text.strip());
            if (!matcher.matches()) {
                throw problem(line(name), "'" + name + "' is a time such as 30s, 10m, 2h or 1d, not '" + text + "'");
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        });
    }

    /** Size of a heap as the virtual machine reads it: {@code 512m} or {@code 2g}. */
    Optional<String> memory(String name) {
        return text(name).map(text -> {
            Matcher matcher = MEMORY.matcher(text.strip());
            if (!matcher.matches() || megabytes(matcher) < LEAST_MEGABYTES) {
                throw problem(
                        line(name),
                        "'" + name + "' is the heap of a run such as 512m or 2g, " + LEAST_MEGABYTES
                                + "m or more, not '" + text + "'");
            }
            return matcher.group(1) + matcher.group(2).toLowerCase(Locale.ROOT);
        });
    }

    private static long megabytes(Matcher memory) {
        long amount = Long.parseLong(memory.group(1));
        return memory.group(2).equalsIgnoreCase("g") ? 1024 * amount : amount;
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text.strip());
            } catch (DateTimeParseException wrong) {
                throw problem(
                        line(name), "'" + name + "' is an instant such as 2026-01-31T06:00:00Z, not '" + text + "'");
            }
        });
    }

    /** An instant, or a time of that zone's clock. */
    Instant moment(String name, ZoneId zone) {
        try {
            return Moments.first(name, text(name).orElseThrow(), zone);
        } catch (IllegalArgumentException wrong) {
            throw problem(
                    line(name),
                    "'" + name + "' is a time of the zone such as 2026-01-05T06:00, or an instant such as"
                            + " 2026-01-05T06:00:00Z, not '" + text(name).orElseThrow() + "'");
        }
    }

    /** One of the constants of an enum, written in lower case with hyphens or underscores. */
    <E extends Enum<E>> Optional<E> choice(String name, Set<E> all) {
        return text(name)
                .map(text -> all.stream()
                        .filter(each -> each.name()
                                .equals(text.strip().toUpperCase(Locale.ROOT).replace('-', '_')))
                        .findFirst()
                        .orElseThrow(() -> problem(
                                line(name),
                                "'" + name + "' cannot be '" + text + "'; it is "
                                        + all.stream()
                                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                                .sorted()
                                                .collect(Collectors.joining(", ")))));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list(name)) {
            texts.add(scalar(name, item));
        }
        return texts;
    }

    List<YamlNode> list(String name) {
        Optional<YamlNode> value = find(name);
        if (value.isPresent() && !(value.get() instanceof Sequence)) {
            throw problem(value.get().line(), "'" + name + "' is a list");
        }
        return value.map(found -> ((Sequence) found).items()).orElse(List.of());
    }

    Optional<YamlEntries> entries(String name) {
        return find(name).map(value -> entries(name, value));
    }

    YamlEntries entries(String name, YamlNode value) {
        if (value instanceof Mapping inner) {
            return new YamlEntries(file, inner);
        }
        throw problem(value.line(), "'" + name + "' holds 'name: value' entries");
    }
}
