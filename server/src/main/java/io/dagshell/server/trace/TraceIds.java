package io.dagshell.server.trace;

import io.dagshell.engine.model.RunId;
import io.dagshell.engine.value.Digest;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Ids made of what they are of. Of one thread: {@link #next} says what the next span is. */
final class TraceIds implements IdGenerator {
    private static final int SPAN_BYTES = 8;
    private String trace = "";
    private String span = "";

    /** The next span is of that part of that run. */
    void next(RunId run, String part) {
        trace = trace(run);
        span = span(run, part);
    }

    @Override
    public String generateTraceId() {
        return trace;
    }

    @Override
    public String generateSpanId() {
        return span;
    }

    /** The run's own sixteen bytes, in hexadecimal. */
    static String trace(RunId run) {
        return run.toString().replace("-", "");
    }

    static String span(RunId run, String part) {
        byte[] digest = Digest.sha256().digest((run + "/" + part).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, SPAN_BYTES);
    }
}
