package io.dagshell.engine.run;

import org.jspecify.annotations.Nullable;

/** How compiled cells take what their body is given: it may be a copy of what the call was given. */
public final class Arguments {
    private Arguments() {}

    /** The argument at {@code index}, as the type its parameter has. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the compiler takes the parameter's
    public static <T> T at(@Nullable Object[] arguments, int index) {
        return (T) arguments[index];
    }
}
