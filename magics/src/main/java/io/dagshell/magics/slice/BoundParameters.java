package io.dagshell.magics.slice;

import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.model.Parameter;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.parameter.EnumConstants;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.value.TypeNames;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A flow's parameters with the defaults of the {@code %%params} cells, bound by name and equal type.
 *
 * @param holders of each parameter with a default, the binary name of the class whose field it is
 */
record BoundParameters(List<FlowParameter> bound, SortedMap<String, String> holders) {

    /** @param types of the flow's parameters, as they are compiled */
    static BoundParameters of(TaskDefinition flow, List<Type> types, List<ParameterDefaults.Declared> defaults) {
        List<FlowParameter> bound = new ArrayList<>();
        SortedMap<String, String> holders = new TreeMap<>();
        for (Parameter parameter : flow.parameters()) {
            Type compiled = types.get(bound.size());
            String type = type(parameter, compiled);
            Optional<ParameterDefaults.Declared> declared = defaults.stream()
                    .filter(each -> each.name().equals(parameter.name()))
                    .filter(each -> sameType(TypeNames.canonical(each.type()), type))
                    .findFirst();
            declared.ifPresent(each -> holders.put(each.name(), each.holder()));
            bound.add(new FlowParameter(
                    parameter.name(),
                    type,
                    parameter.description().or(() -> declared.flatMap(ParameterDefaults.Declared::description)),
                    declared.map(BoundParameters::json),
                    EnumConstants.of(compiled)));
        }
        return new BoundParameters(bound, holders);
    }

    /** As it is compiled: where cells are read, a type of theirs has the name of what they are read in before its own. */
    private static String type(Parameter parameter, Type compiled) {
        String name = TypeNames.canonical(compiled);
        return sameType(name, parameter.type()) ? parameter.type() : name;
    }

    private static boolean sameType(String first, String second) {
        return first.replace(" ", "").equals(second.replace(" ", ""));
    }

    private static String json(ParameterDefaults.Declared declared) {
        try {
            return DefaultValues.json(declared.value(), declared.type());
        } catch (ParameterException noForm) {
            throw declared.cell()
                    .problem(declared.member().start(), "parameter " + declared.name() + ": " + noForm.getMessage());
        }
    }
}
