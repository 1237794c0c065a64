package io.dagshell.engine.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says in a few words what a call returned. Text is described by its length only: it may be a secret. Stateless.
 */
final class Descriptions {

    private Descriptions() {}

    static Optional<String> of(@Nullable Object value, Function<Object, Optional<String>> known) {
        if (value == null || value == Engine.NOTHING) {
            return Optional.empty();
        }
        try {
            Optional<String> told = known.apply(value);
            return told.isPresent() ? told : plain(value);
        } catch (RuntimeException failure) {
            System.getLogger(Descriptions.class.getName())
                    .log(System.Logger.Level.WARNING, "a result could not be described", failure);
            return Optional.empty();
        }
    }

    private static Optional<String> plain(Object value) {
        if (value instanceof Number number) {
            return Optional.of(number(number));
        }
        if (value instanceof Boolean || value instanceof Enum<?> || value instanceof Temporal) {
            return Optional.of(value.toString());
        }
        if (value instanceof CharSequence text) {
            return Optional.of(counted(text.length(), "character", "characters"));
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(counted(map.size(), "entry", "entries"));
        }
        if (value instanceof Collection<?> collection) {
            return Optional.of(counted(collection.size(), "item", "items"));
        }
        return Optional.empty();
    }

    private static String counted(int count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    private static String number(Number number) {
        if (number instanceof Float || number instanceof Double || number instanceof BigDecimal) {
            return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
        }
        if (number instanceof BigInteger large) {
            return String.format(Locale.ROOT, "%,d", large);
        }
        long value = number.longValue();
        // formatting loads the signs of a locale, which a short run does without
        return -1_000 < value && value < 1_000 ? Long.toString(value) : String.format(Locale.ROOT, "%,d", value);
    }
}
