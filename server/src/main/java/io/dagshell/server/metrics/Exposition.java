package io.dagshell.server.metrics;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Prometheus' text format, version 0.0.4: a head for each name, then its samples. See
 * <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">its description</a>. Used by one thread.
 */
final class Exposition {
    /** What an answer in it is. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();
    private final Set<String> names = new LinkedHashSet<>();

    /** How a value goes. */
    enum Kind {
        /** Only up, from 0 at a start. */
        COUNTER,
        GAUGE,
        HISTOGRAM,
        /** Count and sum. */
        SUMMARY
    }

    /** Begins a name; its samples come before the next one's. */
    Exposition name(String name, Kind kind, String help) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("the metric " + name + " is there twice");
        }
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escaped(help, false))
                .append('\n');
        text.append("# TYPE ").append(name).append(' ').append(kind.name().toLowerCase(java.util.Locale.ROOT));
        text.append('\n');
        return this;
    }

    /** A value, with labels by turns name and text. */
    Exposition sample(String name, double value, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(escaped(labels[i + 1], true));
            text.append('"');
        }
        text.append(labels.length > 0 ? "} " : " ").append(number(value)).append('\n');
        return this;
    }

    /** A name with one value. */
    Exposition only(String name, Kind kind, String help, double value) {
        return name(name, kind, help).sample(name, value);
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
    }

    private static String escaped(String text, boolean inQuotes) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return inQuotes ? escaped.replace("\"", "\\\"") : escaped;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
