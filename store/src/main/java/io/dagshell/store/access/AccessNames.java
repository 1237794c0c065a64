package io.dagshell.store.access;

import io.dagshell.store.orchestration.RefusedException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of users and tokens, which share the audit log and so differ. Stateless. */
public final class AccessNames {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

    private AccessNames() {}

    /** As it is kept, however it was typed; what is no name stays none. */
    public static String kept(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The name as it is kept.
     *
     * @throws RefusedException it is none
     */
    static String require(String typed) {
        String name = kept(typed);
        if (!FORM.matcher(name).matches()) {
            throw RefusedException.invalid(
                    "'" + typed + "' is no name of a user or token: it has 1 to 64 letters a to z,"
                            + " digits and . _ @ + -, and begins with a letter or digit.");
        }
        return name;
    }
}
