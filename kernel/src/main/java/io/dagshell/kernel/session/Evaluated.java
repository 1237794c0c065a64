package io.dagshell.kernel.session;

import java.util.Map;

/** What one of a request's {@code user_expressions} gave. */
public sealed interface Evaluated {

    /** Its value, by MIME type. */
    record Value(Map<String, String> bundle) implements Evaluated {}

    /** Why there is none. */
    record Failure(CellError error) implements Evaluated {}
}
