package io.dagshell.server.api;

import io.dagshell.server.api.Endpoint.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An object that the API answers with, under the name it has in the description. Immutable. */
record Shape(String name, List<Field> fields) {
    Shape {
        fields = List.copyOf(fields);
    }

    /** Its fields: those always there, and those marked with {@link Field#maybe}. */
    static Shape of(String name, Field... fields) {
        return new Shape(name, Arrays.asList(fields));
    }

    /** All of this one and more. */
    Shape and(String other, Field... more) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(Arrays.asList(more));
        return new Shape(other, all);
    }
}
