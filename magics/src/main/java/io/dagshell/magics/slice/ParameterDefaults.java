package io.dagshell.magics.slice;

import io.dagshell.magics.source.Member;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * @param type of the variable
     * @param value of the initialiser
     * @param description the comment behind the declaration
     */
    record Default(String name, Type type, @Nullable Object value, Optional<String> description) {}

    /**
     * Compiles and evaluates.
     *
     * @param parameterCells those of {@code cells} that are headed {@code %%params}
     * @param parent what code of cells may see
     * @throws SliceProblem they do not compile, or an initialiser throws
     */
    static List<Default> of(List<CellText> parameterCells, List<CellText> cells, SliceUnits units, ClassLoader parent) {
        List<Selection.Place> roots = new ArrayList<>();
        for (CellText cell : parameterCells) {
            for (Member member : cell.members()) {
                if (member.kind() == Member.Kind.FIELD) {
                    roots.add(new Selection.Place(cell, member));
                }
            }
        }
        if (roots.isEmpty()) {
            return List.of();
        }
        Map<CellText, Set<Member>> kept =
                new LinkedHashMap<>(Selection.reachedFrom(roots, cells).kept());
        ClassLoader loader = new SliceLoader(units.compile(kept), parent);
        Map<String, Default> defaults = new LinkedHashMap<>();
        for (Selection.Place root : roots) {
            for (String name : root.member().names()) {
                defaults.remove(name); // a later cell declares it anew
                defaults.put(name, evaluate(root, name, loader));
            }
        }
        return List.copyOf(new LinkedHashSet<>(defaults.values()));
    }

    private static Default evaluate(Selection.Place place, String name, ClassLoader loader) {
        CellText cell = place.cell();
        try {
            Class<?> type = Class.forName(Unit.PACKAGE + "." + cell.className(), true, loader);
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return new Default(name, field.getGenericType(), field.get(null), description(cell, place.member()));
        } catch (ExceptionInInitializerError thrown) {
            throw thrown(cell, place.member(), thrown.getCause() == null ? thrown : thrown.getCause());
        } catch (NoClassDefFoundError thrownBefore) {
            throw thrown(cell, place.member(), thrownBefore);
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
