package io.dagshell.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.kernel.protocol.Json;
import io.dagshell.kernel.session.CellError;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Errors as messages carry them, coloured with what reads well on white and on black, and on the red ground front ends give
 * them: plain red, green and blue. Bold red does not: themes darken it.
 */
final class ErrorContent {
    private static final String RED = "\u001b[31m";
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String BLUE = "\u001b[34m";
    private static final String PLAIN = "\u001b[0m";
    private static final String ARROW = "  -->";
    private static final String FRAME = "    at ";

    private ErrorContent() {}

    /** {@code ename}, {@code evalue} and {@code traceback}. */
    static ObjectNode of(CellError error) {
        ObjectNode content = Json.object().put("ename", error.name()).put("evalue", error.message());
        ArrayNode traceback = content.putArray("traceback");
        List<String> lines = error.traceback();
        for (int i = 0; i < lines.size(); i++) {
            traceback.add(coloured(lines.get(i), i == 0));
        }
        return content;
    }

    /** A failure of the kernel itself. */
    static CellError asCellError(Throwable thrown) {
        Throwable cause = thrown.getCause();
        Throwable failure = thrown instanceof ExecutionException && cause != null ? cause : thrown;
        String name = failure.getClass().getName();
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        return new CellError(name, message, List.of(message.isEmpty() ? name : name + ": " + message), 0, 0);
    }

    /** The same as a reply. */
    static ObjectNode reply(Throwable failure) {
        return withStatus(of(asCellError(failure)));
    }

    static ObjectNode withStatus(ObjectNode error) {
        return error.put("status", "error");
    }

    private static String coloured(String line, boolean first) {
        if (line.indexOf('\u001b') >= 0) {
            return line;
        }
        String colour = colour(line, first);
        if (colour == null) {
            return line;
        }
        if (colour.equals(GREEN)) {
            return GREEN + ARROW + PLAIN + line.substring(ARROW.length());
        }
        return colour + line + PLAIN;
    }

    private static @Nullable String colour(String line, boolean first) {
        if (first || line.startsWith("Caused by: ") || line.startsWith("Suppressed: ")) {
            return BOLD;
        }
        if (line.startsWith(ARROW)) {
            return GREEN;
        }
        if (line.startsWith(FRAME)) {
            return line.contains("]:") ? BLUE : null;
        }
        return !line.isBlank() && line.strip().chars().allMatch(c -> c == '^') ? RED : null;
    }
}
