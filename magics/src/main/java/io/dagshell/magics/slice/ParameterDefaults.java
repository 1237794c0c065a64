package io.dagshell.magics.slice;

import io.dagshell.magics.source.Member;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of {@code %%params} cells: their types and the values their initialisers have when the notebook is
 * exported or run with parameters. The cells are compiled like any others and are no part of the slice.
 */
final class ParameterDefaults {
    private static final Pattern COMMENT = Pattern.compile("^[ \\t]*//[ \\t]*(\\S[^\\r\\n]*)");

    private ParameterDefaults() {}

    /**
     * A parameter as its cell declares it.
     *
     * @param field the compiled variable; its cell's initialisers run when a value is first asked for
     * @param description the comment behind the declaration
     */
    record Declared(CellText cell, Member member, Field field, Optional<String> description) {
        String name() {
            return field.getName();
        }

        /** Binary name of the class that holds it. */
        String holder() {
            return field.getDeclaringClass().getName();
        }

        Type type() {
            return field.getGenericType();
        }

        /**
         * The default.
         *
         * @throws SliceProblem the initialiser throws
         */
        @Nullable
        Object value() {
            try {
                return field.get(null);
            } catch (ExceptionInInitializerError thrown) {
                throw thrown(cell, member, thrown.getCause() == null ? thrown : thrown.getCause());
            } catch (NoClassDefFoundError thrownBefore) {
                throw thrown(cell, member, thrownBefore);
            } catch (IllegalAccessException impossible) {
                throw new IllegalStateException("made accessible: " + field, impossible);
            }
        }
    }

    /**
     * What came of the cells.
     *
     * @param classes binary name to class file
     */
    record Compiled(List<Declared> declared, SortedMap<String, byte[]> classes) {
        Compiled {
            declared = List.copyOf(declared);
        }
    }

    /**
     * Compiles the cells and answers what they declare, the last declaration of a name only.
     *
     * @param parameterCells those of {@code cells} that are headed {@code %%params}
     * @param parent what code of cells may see
     * @throws SliceProblem they do not compile
     */
    static Compiled of(List<CellText> parameterCells, List<CellText> cells, SliceUnits units, ClassLoader parent) {
        List<Selection.Place> roots = new ArrayList<>();
        for (CellText cell : parameterCells) {
            cell.members().stream()
                    .filter(member -> member.kind() == Member.Kind.FIELD)
                    .forEach(member -> roots.add(new Selection.Place(cell, member)));
        }
        if (roots.isEmpty()) {
            return new Compiled(List.of(), new TreeMap<>());
        }
        SortedMap<String, byte[]> classes =
                units.compile(Selection.reachedFrom(roots, cells).kept());
        ClassLoader loader = new SliceLoader(classes, parent);
        Map<String, Declared> declared = new LinkedHashMap<>();
        for (Selection.Place root : roots) {
            for (String name : root.member().names()) {
                declared.put(name, declared(root, name, loader));
            }
        }
        return new Compiled(List.copyOf(declared.values()), classes);
    }

    private static Declared declared(Selection.Place place, String name, ClassLoader loader) {
        CellText cell = place.cell();
        try {
            Class<?> type = Class.forName(Unit.PACKAGE + "." + cell.className(), false, loader);
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return new Declared(cell, place.member(), field, description(cell, place.member()));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the compiled cell has no field " + name, impossible);
        }
    }

    private static SliceProblem thrown(CellText cell, Member member, Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (cell.source().equals(frame.getFileName())) {
                return new SliceProblem(cell.source(), frame.getLineNumber(), 0, "the default value throws " + thrown);
            }
        }
        return cell.problem(member.start(), "the default value throws " + thrown);
    }

    private static Optional<String> description(CellText cell, Member member) {
        Matcher comment = COMMENT.matcher(cell.java().substring(member.end()));
        return comment.find() ? Optional.of(comment.group(1).strip()) : Optional.empty();
    }
}
