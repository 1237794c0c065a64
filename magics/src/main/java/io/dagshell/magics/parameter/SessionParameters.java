package io.dagshell.magics.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.parameter.EnumConstants;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.engine.value.TypeNames;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.Declaration;
import io.dagshell.kernel.session.SessionContext;
import io.dagshell.kernel.session.TransformedCell;
import io.dagshell.magics.rewrite.RewrittenCell;
import io.dagshell.magics.source.Member;
import io.dagshell.magics.source.Members;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The variables of a session's {@code %%params} cells, and the values a run gives them. Values may come before the cell
 * that declares their names, as papermill puts them at the top of a notebook without a tagged cell: they wait for it.
 * Used on the session's thread only.
 */
public final class SessionParameters {
    private final Set<String> declared = new LinkedHashSet<>();
    private final Map<String, String> waiting = new LinkedHashMap<>();

    /**
     * A cell that gives values, as Java that does nothing, so that every value is checked before any is set.
     *
     * @return empty if the cell is another kind of cell
     * @throws CellProblem a name nobody declares, or a text that is no value of its parameter's type
     */
    public Optional<TransformedCell> transform(String cell, SessionContext session) {
        Optional<Assignments> assignments = giving(cell, session);
        assignments.ifPresent(found -> found.lines().forEach(line -> check(line, session)));
        return assignments.map(found -> TransformedCell.unchanged(cell.replaceAll("[^\\n]", " ")));
    }

    private void check(Assignments.Line line, SessionContext session) {
        if (declared.isEmpty()) {
            return;
        }
        try {
            read(line.name(), line.text(), session);
        } catch (ParameterException misfit) {
            throw new CellProblem(line.number(), 1, String.valueOf(misfit.getMessage()));
        }
    }

    /** A {@code %%params} cell ran: values that waited for its names are set; answers them. */
    public Map<String, String> declared(RewrittenCell cell, SessionContext session) {
        for (Member member : Members.of(cell.plain())) {
            declared.addAll(member.names());
        }
        Map<String, String> set = new LinkedHashMap<>();
        for (String name : declared) {
            String text = waiting.remove(name);
            if (text != null) {
                set.put(name, assign(name, text, session, cell.header().line()));
            }
        }
        return set;
    }

    /** The cell's values are set, or wait until their names are declared; answers those that are set. */
    public Map<String, String> given(String cell, SessionContext session) {
        Map<String, String> set = new LinkedHashMap<>();
        for (Assignments.Line line :
                giving(cell, session).map(Assignments::lines).orElse(List.of())) {
            if (declared.contains(line.name())) {
                set.put(line.name(), assign(line.name(), line.text(), session, line.number()));
            } else {
                waiting.put(line.name(), line.text());
            }
        }
        return set;
    }

    /** Whether a cell is one that gives values. */
    public boolean isGiving(String cell, SessionContext session) {
        return giving(cell, session).isPresent();
    }

    /** A variable of the person's own is assigned by Java, which needs no semicolon after it either. */
    private Optional<Assignments> giving(String cell, SessionContext session) {
        Optional<Assignments> assignments = Assignments.of(cell);
        if (assignments.isEmpty()) {
            return assignments;
        }
        Set<String> own = session.declarations().stream()
                .filter(each -> each.kind() == Declaration.Kind.VARIABLE && !declared.contains(each.name()))
                .map(Declaration::name)
                .collect(Collectors.toSet());
        return assignments.filter(found -> found.lines().stream().noneMatch(line -> own.contains(line.name())));
    }

    /** Names of values that nobody declared yet, in the order they were given. */
    public List<String> waiting() {
        return List.copyOf(waiting.keySet());
    }

    private String assign(String name, String text, SessionContext session, int line) {
        try {
            Field field = fields(session).get(name);
            if (field == null) {
                throw new ParameterException("the parameter " + name + " is no variable any more");
            }
            JsonNode json = read(name, text, session);
            field.set(null, JsonForm.toJava(json, field.getGenericType()));
            return JsonForm.canonical(json);
        } catch (ParameterException misfit) {
            throw new CellProblem(line, 1, String.valueOf(misfit.getMessage()));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("made accessible: " + name, impossible);
        }
    }

    /** Schedulers write every value in quotes: what is inside them may be meant. */
    private JsonNode read(String name, String text, SessionContext session) {
        ParameterSchema schema = ParameterSchema.of(fields(session).values().stream()
                .map(field -> new FlowParameter(
                        field.getName(),
                        TypeNames.canonical(field.getGenericType()),
                        Optional.empty(),
                        Optional.empty(),
                        EnumConstants.of(field.getGenericType())))
                .toList());
        try {
            return schema.read(name, text);
        } catch (ParameterException asItStands) {
            Optional<String> inside = unquoted(text);
            if (inside.isEmpty()) {
                throw asItStands;
            }
            return schema.read(name, inside.get());
        }
    }

    private static Optional<String> unquoted(String text) {
        if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
            return Optional.of(text.substring(1, text.length() - 1));
        }
        return text.startsWith("\"")
                ? JsonForm.parse(text).filter(JsonNode::isTextual).map(JsonNode::asText)
                : Optional.empty();
    }

    /** The variables of the parameters as they are compiled now. */
    private Map<String, Field> fields(SessionContext session) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Declaration each : session.declarations()) {
            if (each.kind() == Declaration.Kind.VARIABLE && declared.contains(each.name())) {
                fields.put(each.name(), field(each, session.userLoader()));
            }
        }
        return fields;
    }

    private static Field field(Declaration variable, ClassLoader loader) {
        try {
            Field field = Class.forName(variable.className(), true, loader).getDeclaredField(variable.name());
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a live variable has its class: " + variable, impossible);
        }
    }
}
