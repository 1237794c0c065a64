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
 */
public record Environment(int jdk, ZoneId zone, Locale locale, Charset charset) {

    /** Of this process, now: code of a cell may have changed zone or locale. */
    public static Environment current() {
        return new Environment(
                Runtime.version().feature(), ZoneId.systemDefault(), Locale.getDefault(), Charset.defaultCharset());
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
        if (!charset.equals(StandardCharsets.UTF_8)) {
            parts.add(ShownPart.of("charset", "", charset.name()));
        }
        return parts;
    }

    private static boolean isUtc(ZoneId zone) {
        return zone.getId().equals("UTC") || zone.getId().equals("Etc/UTC");
    }
}
