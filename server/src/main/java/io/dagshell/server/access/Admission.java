package io.dagshell.server.access;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whether somebody who was let in would be let in still, for answers that go on and on. Stateless. */
public final class Admission {
    private static final String ATTRIBUTE = "dagshell.admission";

    private Admission() {}

    /** Remembers how to ask. */
    public static void lastsWhile(Context request, BooleanSupplier let) {
        request.attribute(ATTRIBUTE, let);
    }

    /** Asks. */
    public static boolean lasts(Context request) {
        return Optional.ofNullable(request.<BooleanSupplier>attribute(ATTRIBUTE))
                .map(BooleanSupplier::getAsBoolean)
                .orElse(true);
    }
}
