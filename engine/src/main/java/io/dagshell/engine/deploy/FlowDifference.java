package io.dagshell.engine.deploy;

import io.dagshell.engine.deploy.DependencyLock.Entry;
import io.dagshell.engine.deploy.DependencyLock.Role;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.FlowManifest.SlicedTask;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.model.CodeIdentity.CodePart;
import io.dagshell.engine.model.TaskDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What changed from one export of a flow to another, by meaning: tasks by the digests of the code they reach, parameters,
 * libraries, the JDK. An edit that changes no digest, such as of a comment, is no difference.
 *
 * @param lines one for each task and each other change: {@code load CHANGED (helper datasetUri)}
 * @param isSame whether nothing changed
 */
public record FlowDifference(List<String> lines, boolean isSame) {
    private static final String SAME = " same";

    public FlowDifference {
        lines = List.copyOf(lines);
    }

    /** An export as far as it matters here: {@code flow.json} and {@code deps.lock}. */
    public record Exported(FlowManifest manifest, DependencyLock lock) {}

    public static FlowDifference between(Exported former, Exported present) {
        FlowManifest before = former.manifest();
        FlowManifest after = present.manifest();
        List<String> lines = new ArrayList<>();
        compare(lines, tasks(before), tasks(after), "", FlowDifference::task);
        compare(lines, parameters(before), parameters(after), "parameter ", FlowDifference::parameter);
        compare(lines, libraries(former.lock()), libraries(present.lock()), "library ", FlowDifference::library);
        if (before.jdk() != after.jdk()) {
            lines.add("JDK " + before.jdk() + "→" + after.jdk());
        }
        boolean same = lines.stream().allMatch(line -> line.endsWith(SAME));
        // Of what stays, tasks are told and the rest is not.
        lines.removeIf(line -> line.endsWith(SAME) && (line.startsWith("parameter ") || line.startsWith("library ")));
        return new FlowDifference(lines, same);
    }

    /** What changed between two things of one name. */
    private interface Change<T> {
        /** Empty if nothing did. */
        String of(T before, T after);
    }

    private static <T> void compare(
            List<String> lines, Map<String, T> before, Map<String, T> after, String kind, Change<T> change) {
        after.forEach((name, now) -> {
            T then = before.get(name);
            String what = then == null ? " ADDED" : change.of(then, now);
            lines.add(kind + name + (what.isEmpty() ? SAME : what));
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> lines.add(kind + name + " REMOVED"));
    }

    private static <T, V> Map<String, V> byName(List<T> items, Function<T, String> name, Function<T, V> value) {
        Map<String, V> map = new LinkedHashMap<>();
        items.forEach(item -> map.put(name.apply(item), value.apply(item)));
        return map;
    }

    private static Map<String, TaskDefinition> tasks(FlowManifest manifest) {
        return byName(manifest.tasks(), task -> task.definition().name().value(), SlicedTask::definition);
    }

    private static Map<String, FlowParameter> parameters(FlowManifest manifest) {
        return byName(manifest.parameters(), FlowParameter::name, parameter -> parameter);
    }

    /** DagShell's own are left out: a newer DagShell is no other flow. */
    private static Map<String, Entry> libraries(DependencyLock lock) {
        return byName(
                lock.of(Role.USER),
                library -> library.coordinate().isEmpty()
                        ? library.file()
                        : library.coordinate().replaceFirst(":[^:]*$", ""),
                library -> library);
    }

    private static String task(TaskDefinition before, TaskDefinition after) {
        List<String> changes = new ArrayList<>(code(before.code(), after.code()));
        if (!before.policy().equals(after.policy())) {
            changes.add("header");
        }
        if (!before.parameters().equals(after.parameters())
                || !before.returnType().equals(after.returnType())) {
            changes.add("signature");
        }
        return changes.isEmpty() ? "" : " CHANGED (" + String.join(", ", changes) + ")";
    }

    /** Which parts of the code a task reaches are not the same: {@code helper datasetUri}. */
    public static List<String> code(CodeIdentity before, CodeIdentity after) {
        if (!(before instanceof CodeIdentity.Known then) || !(after instanceof CodeIdentity.Known now)) {
            return before.equals(after) ? List.of() : List.of("code");
        }
        Map<String, String> former = digests(then);
        Map<String, String> present = digests(now);
        List<String> changes = new ArrayList<>();
        present.forEach((part, digest) -> {
            if (!digest.equals(former.get(part))) {
                changes.add(part);
            }
        });
        former.keySet().stream().filter(part -> !present.containsKey(part)).forEach(part -> changes.add("no " + part));
        return changes;
    }

    private static Map<String, String> digests(CodeIdentity.Known known) {
        return known.parts().stream()
                .collect(Collectors.toMap(
                        part -> part.kind() + " " + part.name(),
                        CodePart::digest,
                        (one, other) -> one + other,
                        LinkedHashMap::new));
    }

    private static String parameter(FlowParameter before, FlowParameter after) {
        if (!before.type().equals(after.type())) {
            return " CHANGED (type " + before.type() + "→" + after.type() + ")";
        }
        if (!before.choices().equals(after.choices())) {
            return " CHANGED (constants " + constants(before) + "→" + constants(after) + ")";
        }
        return before.defaultJson().equals(after.defaultJson())
                ? ""
                : " CHANGED (default " + before.defaultJson().orElse("none") + "→"
                        + after.defaultJson().orElse("none") + ")";
    }

    /** An export of an earlier DagShell does not tell them. */
    private static String constants(FlowParameter parameter) {
        return parameter.choices().isEmpty() ? "unknown" : String.join(", ", parameter.choices());
    }

    private static String library(Entry before, Entry after) {
        if (before.sha256().equals(after.sha256())) {
            return "";
        }
        return " " + version(before) + "→" + version(after);
    }

    private static String version(Entry library) {
        return library.coordinate().replaceFirst("^.*:", "");
    }
}
