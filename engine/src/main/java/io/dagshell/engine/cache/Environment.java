package io.dagshell.engine.cache;

import io.dagshell.engine.model.KeyPart;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of the process enters the key. Runs have zone UTC, locale ROOT and charset UTF-8; another enters the key.
 *
 * @param jdk feature release
 * @param format the locale of numbers and dates, which a process may set apart from its own
 * @param display the locale of names, which a process may set apart too
 */
public record Environment(int jdk, ZoneId zone, Locale locale, Locale format, Locale display, Charset charset) {

    /** With one locale for everything. */
    public Environment(int jdk, ZoneId zone, Locale locale, Charset charset) {
        this(jdk, zone, locale, locale, locale, charset);
    }

    /** Of this process, now: code of a cell may have changed zone or locale. */
    public static Environment current() {
        return new Environment(
                Runtime.version().feature(),
                ZoneId.systemDefault(),
                Locale.getDefault(),
                Locale.getDefault(Locale.Category.FORMAT),
                Locale.getDefault(Locale.Category.DISPLAY),
                Charset.defaultCharset());
    }

    List<KeyPart> parts() {
        List<KeyPart> parts = new ArrayList<>();
        parts.add(ShownPart.of("Java", "", Integer.toString(jdk)));
        if (!isUtc(zone)) {
            parts.add(ShownPart.of("zone", "", zone.getId()));
        }
        if (!locale.equals(Locale.ROOT)) {
            parts.add(ShownPart.of("locale", "", locale.toLanguageTag()));
        }
        if (!format.equals(locale)) {
            parts.add(ShownPart.of("format locale", "", format.toLanguageTag()));
        }
        if (!display.equals(locale)) {
            parts.add(ShownPart.of("display locale", "", display.toLanguageTag()));
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            parts.add(ShownPart.of("charset", "", charset.name()));
        }
        return parts;
    }

    private static boolean isUtc(ZoneId zone) {
        return zone.getId().equals("UTC") || zone.getId().equals("Etc/UTC");
    }
}
