package io.dagshell.installer.command;

import io.dagshell.installer.CommandProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code name=value} on the command line; the value may have further equals signs and be empty. */
record Assignment(String name, String value) {

    static Assignment parse(String typed) {
        int equals = typed.indexOf('=');
        if (equals < 1) {
            throw CommandProblem.badInput("'" + typed + "' is not of the form name=value.");
        }
        return new Assignment(typed.substring(0, equals).strip(), typed.substring(equals + 1));
    }

    /** By name; the last one of a name counts. */
    static Map<String, String> map(List<String> typed) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : typed) {
            Assignment assignment = parse(each);
            values.put(assignment.name(), assignment.value());
        }
        return values;
    }
}
