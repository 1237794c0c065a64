package io.dagshell.engine.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.parameter.JsonForm;
import java.util.List;

/** The arguments of a run as a JSON object, for people; those without a JSON form, such as tables, are left out. */
final class ArgumentsJson {
    private ArgumentsJson() {}

    static String of(Invocation invocation) {
        List<Parameter> parameters = invocation.task().parameters();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int index = 0; index < Math.min(parameters.size(), invocation.arguments().length); index++) {
            String name = parameters.get(index).name();
            JsonForm.ofValue(invocation.arguments()[index]).ifPresent(value -> json.set(name, value));
        }
        return JsonForm.canonical(json);
    }
}
