package io.dagshell.installer.command;

import io.dagshell.installer.log.JsonLines;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a process that stays tells what it does. */
final class LogOptions {
    /** A form of its lines. */
    enum Format {
        TEXT,
        JSON
    }

    /** As people write it. */
    static final class Converter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return switch (text) {
                case "text" -> Format.TEXT;
                case "json" -> Format.JSON;
                default -> throw new TypeConversionException("a log is 'text' or 'json', not '" + text + "'");
            };
        }
    }

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Converter.class,
            description = "Lines of the log as text, or as json: one object a line, on standard error"
                    + " (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    boolean isJson() {
        return format == Format.JSON;
    }

    /** From here on what is logged has that form. */
    void apply() {
        if (isJson()) {
            JsonLines.install();
        }
    }

    /** Takes what is said to people: lines of standard output, or of the log. */
    Consumer<String> lines(PrintWriter out, String logger) {
        if (isJson()) {
            return line -> Logger.getLogger(logger).log(Level.INFO, line);
        }
        return line -> {
            out.println(line);
            out.flush();
        };
    }
}
