package io.dagshell.magics.rewrite;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The one method of a task or flow cell, as written. Offsets count in the cell's text.
 *
 * @param name as written
 * @param returnType as written, on one line, without comments
 * @param parameters in order
 * @param exceptions what it throws, as written
 * @param start offset of its first character
 * @param nameStart offset of its name
 * @param end offset behind its closing brace
 * @param line of its name in the cell, from 1
 */
public record TaskMethod(
        String name,
        String returnType,
        List<Input> parameters,
        List<String> exceptions,
        int start,
        int nameStart,
        int end,
        int line) {
    /** What the user's own method is renamed to. */
    public static final String BODY_SUFFIX = "$impl";

    private static final String GIVEN = "given$";

    public TaskMethod {
        parameters = List.copyOf(parameters);
        exceptions = List.copyOf(exceptions);
    }

    /** A parameter: type and name as written, {@code int[]} for {@code int x[]}. */
    public record Input(String type, String name) {}

    public boolean returnsNothing() {
        return returnType.equals("void");
    }

    /** The name of the user's own method after the rewrite. */
    public String bodyName() {
        return name + BODY_SUFFIX;
    }

    /** The method that calls the engine, on one line. */
    public String wrapper() {
        String arguments = parameters.stream().map(Input::name).collect(Collectors.joining(", "));
        // The body takes what the engine gives it, which may be copies.
        String given = IntStream.range(0, parameters.size())
                .mapToObj(i -> "io.dagshell.engine.run.Arguments.at(" + GIVEN + ", " + i + ")")
                .collect(Collectors.joining(", "));
        String inputs = parameters.stream()
                .map(input -> input.type() + " " + input.name())
                .collect(Collectors.joining(", "));
        return returnType + " " + name + "(" + inputs + ") "
                + (exceptions.isEmpty() ? "" : "throws " + String.join(", ", exceptions) + " ")
                + "{ java.lang.Object[] " + GIVEN + " = {" + arguments + "}; " + (returnsNothing() ? "" : "return ")
                + "io.dagshell.engine.Dag." + (returnsNothing() ? "callVoid" : "call")
                + "(java.lang.invoke.MethodHandles.lookup(), \"" + name + "\", () -> "
                + bodyName() + "(" + given + "), " + GIVEN + "); }";
    }
}
