package io.dagshell.server.api;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says of types of content (RFC 9110, {@code Content-Type} and {@code Accept}). Stateless. */
final class MediaTypes {
    private MediaTypes() {}

    /** Whether a body may be read as {@code wanted}; one of which nothing is said may. */
    static boolean is(@Nullable String contentType, String wanted) {
        return contentType == null || bare(contentType).equals(wanted);
    }

    /** Whether {@code accept} lets {@code given} be sent; nothing said lets all. */
    static boolean accepts(@Nullable String accept, String given) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        String all = given.substring(0, given.indexOf('/')) + "/*";
        // What is said of the type itself goes before what is said of more.
        for (String range : new String[] {given, all, "*/*"}) {
            for (String each : accept.split(",")) {
                if (bare(each).equals(range)) {
                    return !refused(each);
                }
            }
        }
        return false;
    }

    private static boolean refused(String range) {
        return Arrays.stream(range.split(";"))
                .skip(1)
                .map(each -> each.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                .anyMatch(each -> each.matches("q=0(\\.0*)?"));
    }

    private static String bare(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
