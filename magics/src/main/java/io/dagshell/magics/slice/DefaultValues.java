package io.dagshell.magics.slice;

import io.dagshell.engine.parameter.JsonForm;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a flow's defaults come from: compiled {@code %%params} cells, whose initialisers may say something else on another
 * day ({@code LocalDate.now()}).
 *
 * @param classes binary name to class file, which nobody changes
 * @param holders of each parameter with a default, the binary name of the class whose field it is
 */
record DefaultValues(SortedMap<String, byte[]> classes, SortedMap<String, String> holders) {
    static final DefaultValues NONE = new DefaultValues(new TreeMap<>(), new TreeMap<>());

    DefaultValues {
        classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
        holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
    }

    /**
     * Runs the initialisers.
     *
     * @param parent what code of cells may see
     * @return canonical JSON by parameter
     * @throws ReflectiveOperationException the classes are not those of the parameters
     * @throws LinkageError an initialiser throws
     * @throws io.dagshell.engine.parameter.ParameterException a value has no JSON form
     */
    SortedMap<String, String> now(ClassLoader parent) throws ReflectiveOperationException {
        ClassLoader loader = new SliceLoader(classes, parent);
        SortedMap<String, String> values = new TreeMap<>();
        for (Map.Entry<String, String> holder : holders.entrySet()) {
            Field field = Class.forName(holder.getValue(), false, loader).getDeclaredField(holder.getKey());
            field.setAccessible(true);
            values.put(holder.getKey(), json(field.get(null), field.getGenericType()));
        }
        return values;
    }

    /** The form {@code flow.json} has. */
    static String json(@Nullable Object value, Type type) {
        return JsonForm.canonical(JsonForm.toJson(value, type));
    }
}
