package io.dagshell.installer.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log record as one JSON object in a line: {@code time}, {@code level}, {@code logger}, {@code message}, {@code run} if it
 * names one, {@code exception} with its stack if there is one. Thread-safe.
 */
public final class JsonLines extends Formatter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RUN =
            Pattern.compile("\\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\\b");

    /** All that this process logs has this form from now on. */
    public static void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new JsonLines());
        }
    }

    @Override
    public String format(LogRecord logged) {
        String message = String.valueOf(formatMessage(logged));
        ObjectNode line = JSON.createObjectNode()
                .put("time", logged.getInstant().toString())
                .put("level", level(logged.getLevel()))
                .put("logger", logged.getLoggerName())
                .put("message", message);
        Matcher run = RUN.matcher(message);
        if (run.find()) {
            line.put("run", run.group());
        }
        if (logged.getThrown() != null) {
            StringWriter stack = new StringWriter();
            logged.getThrown().printStackTrace(new PrintWriter(stack));
            line.put("exception", stack.toString());
        }
        return line + "\n";
    }

    /** The words that collectors of logs know. */
    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
