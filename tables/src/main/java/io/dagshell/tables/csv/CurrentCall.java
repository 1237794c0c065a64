package io.dagshell.tables.csv;

import io.dagshell.engine.run.Call;
import io.dagshell.engine.run.Engine;
import java.util.Optional;

/** The call this thread works for, if any: reading works outside the engine too, in a plain program or a test. */
final class CurrentCall {
    private CurrentCall() {}

    static Optional<Call> find() {
        return Engine.currentIfBound();
    }

    /** Tells whoever waits for the rows: in the call's log, or where a program without one looks. */
    static void warn(Optional<Call> call, String text) {
        call.ifPresentOrElse(
                working -> working.log("WARN", text),
                () -> System.getLogger(CurrentCall.class.getPackageName()).log(System.Logger.Level.WARNING, text));
    }
}
