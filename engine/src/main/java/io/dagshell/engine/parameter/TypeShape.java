package io.dagshell.engine.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A parameter's type as far as its JSON form goes, read from its canonical name; the user's own classes need not be
 * loaded. Immutable.
 */
sealed interface TypeShape {

    /** One word. */
    record OneWord(Scalar scalar) implements TypeShape {}

    /** A JSON array; {@code distinct} for sets. */
    record ListOf(TypeShape element, boolean distinct) implements TypeShape {}

    /** A JSON object; keys are the words of a scalar, or of the user's enum. */
    record MapOf(TypeShape key, TypeShape value) implements TypeShape {}

    /** {@code null} or the value. */
    record Maybe(TypeShape value) implements TypeShape {}

    /** One of the constants of an enum. */
    record Choice(String name, List<String> constants) implements TypeShape {}

    /** A record or another class of the user, or an enum whose constants are not known: checked when the flow starts. */
    record Other(String name) implements TypeShape {}

    Set<String> LISTS = Set.of("java.util.List", "java.util.Collection", "java.lang.Iterable");
    Set<String> SETS = Set.of("java.util.Set", "java.util.SequencedSet");

    /** The same, where what would be checked when the flow starts is an enum of these constants, if there are any. */
    static TypeShape of(String type, List<String> constants) {
        TypeShape shape = of(type);
        return constants.isEmpty() ? shape : shape.choosing(constants);
    }

    private TypeShape choosing(List<String> constants) {
        if (this instanceof Other other) {
            return new Choice(other.name(), constants);
        }
        if (this instanceof ListOf list) {
            return new ListOf(list.element().choosing(constants), list.distinct());
        }
        return this instanceof Maybe maybe ? new Maybe(maybe.value().choosing(constants)) : this;
    }

    /** From {@code java.util.List<java.lang.Integer>} and the like. */
    static TypeShape of(String type) {
        String plain = type.strip();
        if (plain.endsWith("[]")) {
            return new ListOf(of(plain.substring(0, plain.length() - 2)), false);
        }
        if (plain.startsWith("? extends ")) {
            return of(plain.substring("? extends ".length()));
        }
        int open = plain.indexOf('<');
        if (open < 0 || !plain.endsWith(">")) {
            return Scalars.named(plain).<TypeShape>map(OneWord::new).orElse(new Other(plain));
        }
        return generic(plain, plain.substring(0, open), arguments(plain.substring(open + 1, plain.length() - 1)));
    }

    private static TypeShape generic(String type, String raw, List<String> arguments) {
        if (LISTS.contains(raw)) {
            return new ListOf(of(arguments.get(0)), false);
        }
        if (SETS.contains(raw)) {
            return new ListOf(of(arguments.get(0)), true);
        }
        if (raw.equals("java.util.Map") && arguments.size() == 2) {
            return new MapOf(of(arguments.get(0)), of(arguments.get(1)));
        }
        if (raw.equals("java.util.Optional")) {
            return new Maybe(of(arguments.get(0)));
        }
        return new Other(type);
    }

    private static List<String> arguments(String inside) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int index = 0; index < inside.length(); index++) {
            char letter = inside.charAt(index);
            depth += letter == '<' ? 1 : letter == '>' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                parts.add(inside.substring(start, index).strip());
                start = index + 1;
            }
        }
        parts.add(inside.substring(start).strip());
        return parts;
    }

    /** After "is not": {@code a list of whole numbers}. */
    default String words() {
        if (this instanceof OneWord word) {
            return word.scalar().words();
        }
        if (this instanceof ListOf list) {
            return (list.distinct() ? "a set, each " : "a list, each ")
                    + list.element().words();
        }
        if (this instanceof MapOf map) {
            return "an object, each value " + map.value().words();
        }
        if (this instanceof Maybe maybe) {
            return maybe.value().words() + ", or null";
        }
        if (this instanceof Choice choice) {
            return "one of " + String.join(", ", choice.constants());
        }
        String name = ((Other) this).name();
        return "of type " + name.substring(name.lastIndexOf('.') + 1);
    }

    /** How to write one. */
    default String example() {
        if (this instanceof OneWord word) {
            return word.scalar().example();
        }
        if (this instanceof ListOf list) {
            return "[" + (isWhole(list.element()) ? "1,2,3" : quoted(list.element())) + "]";
        }
        if (this instanceof MapOf map) {
            return "{\"name\": " + quoted(map.value()) + "}";
        }
        if (this instanceof Choice choice) {
            return choice.constants().get(0);
        }
        return this instanceof Maybe maybe ? maybe.value().example() : "JSON";
    }

    private static boolean isWhole(TypeShape shape) {
        return shape instanceof OneWord word && word.scalar().kind() == Scalar.Kind.INTEGER;
    }

    private static String quoted(TypeShape shape) {
        boolean text = shape instanceof Choice
                || (shape instanceof OneWord word && word.scalar().kind() == Scalar.Kind.TEXT);
        return text ? "\"" + shape.example() + "\"" : shape.example();
    }
}
