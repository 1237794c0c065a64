package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.engine.parameter.RetryDelayText;
import io.dagshell.engine.parameter.ScheduledText;
import io.dagshell.engine.yaml.YamlNode;
import io.dagshell.engine.yaml.YamlNode.Entry;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSettings;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.RefusedException;
import io.dagshell.store.orchestration.Retrying;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Reads a deployment folder strictly: what a run at night would fail at is refused here, with file and line. */
final class FolderReader {
    private static final List<String> ENTRIES = List.of(
            "name",
            "flow",
            "description",
            "tags",
            "parameters",
            "schedules",
            "work_queue",
            "working_directory",
            "concurrency",
            "memory",
            "retries",
            "retry_delay",
            "retry_when",
            "pause_after_failures",
            "blocks");

    private final BlockSource blocks;
    private final Clock clock;

    FolderReader(BlockSource blocks, Clock clock) {
        this.blocks = blocks;
        this.clock = clock;
    }

    /** @throws InvalidDeploymentException something does not fit */
    DeploymentSpec read(FolderFiles files) {
        for (String name : List.of(FolderFiles.YAML, FolderFiles.MANIFEST, FolderFiles.JAR, FolderFiles.LOCK)) {
            if (!files.names().contains(name)) {
                throw new InvalidDeploymentException("There is no " + name + " in the folder: "
                        + "dagshell deployment build NOTEBOOK.ipynb:flow -n NAME writes it.");
            }
        }
        FlowManifest manifest = Manifests.read(files);
        YamlEntries page = page(files.text(FolderFiles.YAML).orElseThrow()).requireOnly(ENTRIES);
        HowToRun.of(page);
        requireFlow(page, manifest);
        requireBlocks(page, manifest);
        ObjectNode parameters = parameters(page, manifest, ZoneId.of(manifest.zone()));
        return DeploymentSpec.of(name(page), manifest.flow(), manifest.jdk(), files)
                .withSettings(settings(page, manifest))
                .withParameters(parameters.toString())
                .withSchedules(schedules(page, manifest, parameters));
    }

    private static YamlEntries page(String text) {
        return YamlEntries.read(FolderFiles.YAML, text);
    }

    /** What the page of a version that was read before says of its processes. */
    static HowToRun howToRun(FolderFiles files) {
        return files.text(FolderFiles.YAML).map(text -> HowToRun.of(page(text))).orElseGet(HowToRun::unsaid);
    }

    private static DeploymentName name(YamlEntries page) {
        String name = page.required("name");
        return refused(page, "name", () -> new DeploymentName(name));
    }

    private static void requireFlow(YamlEntries page, FlowManifest manifest) {
        String flow = page.required("flow");
        if (!flow.equals(manifest.flow().value())) {
            throw page.problem(
                    page.line("flow"),
                    "the flow is '" + flow + "' here and '" + manifest.flow() + "' in flow.json; build it again with "
                            + "dagshell deployment build NOTEBOOK.ipynb:" + flow);
        }
    }

    private void requireBlocks(YamlEntries page, FlowManifest manifest) {
        List<String> needed = new ArrayList<>(manifest.blocks());
        needed.addAll(page.texts("blocks"));
        for (String name :
                refused(page, "blocks", () -> NeededBlocks.of(needed, blocks)).missing()) {
            throw page.problem(
                    page.line("blocks"),
                    "there is no block '" + name + "' on the server" + users(manifest, name)
                            + "; make it there with dagshell block set " + name + " or on its page /blocks");
        }
    }

    /** Which tasks use a block, and where they stand. */
    private static String users(FlowManifest manifest, String block) {
        List<String> users = manifest.tasks().stream()
                .map(FlowManifest.SlicedTask::definition)
                .filter(task -> task.blocks().contains(block))
                .map(task -> task.kind().name().toLowerCase(Locale.ROOT) + " " + task.name() + " in "
                        + task.origin().notebook() + "[" + task.origin().cell() + "]:"
                        + task.origin().line())
                .toList();
        return users.isEmpty() ? "" : ", which " + String.join(" and ", users) + " uses";
    }

    private static DeploymentSettings settings(YamlEntries page, FlowManifest manifest) {
        String queue = page.text("work_queue").orElse(DeploymentSettings.DEFAULT_QUEUE);
        OptionalInt concurrency = page.number("concurrency", 1);
        OptionalInt failures = page.number("pause_after_failures", 1);
        Retrying retrying = retrying(page, manifest);
        return refused(
                page,
                "work_queue",
                () -> new DeploymentSettings(
                        queue,
                        new TreeSet<>(page.texts("tags")),
                        page.text("description").orElse(""),
                        concurrency,
                        retrying,
                        failures));
    }

    /** What the flow's header says of trying again holds where the page says nothing else. */
    private static Retrying retrying(YamlEntries page, FlowManifest manifest) {
        RetryRule header = manifest.tasks().stream()
                .map(FlowManifest.SlicedTask::definition)
                .filter(task -> task.name().equals(manifest.flow()))
                .map(task -> task.policy().retry())
                .findFirst()
                .orElseGet(RetryRule::none);
        Optional<RetryRule.Delay> delay =
                page.text("retry_delay").map(text -> refused(page, "retry_delay", () -> RetryDelayText.parse(text)));
        int listed = delay.map(each -> each instanceof RetryRule.Delay.Listed list
                                && list.waits().size() > 1
                        ? list.waits().size()
                        : header.retries())
                .orElse(header.retries());
        RetryRule rule = new RetryRule(
                page.number("retries", 0).orElse(listed), delay.orElse(header.delay()), header.jitter(), header.on());
        Retrying usual = refused(page, "retries", () -> Retrying.of(rule));
        List<String> when = page.texts("retry_when");
        return when.isEmpty() ? usual : refused(page, "retry_when", () -> new Retrying(rule, new TreeSet<>(when)));
    }

    private ObjectNode parameters(YamlEntries page, FlowManifest manifest, ZoneId zone) {
        return page.entries("parameters")
                .map(values -> values(values, manifest, zone))
                .orElseGet(() -> JsonNodeFactory.instance.objectNode());
    }

    /** What has a place to fill stays a text until it is due; it is tried with the present instant. */
    ObjectNode values(YamlEntries values, FlowManifest manifest, ZoneId zone) {
        ParameterSchema schema = ParameterSchema.of(manifest.parameters());
        ObjectNode read = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        for (Entry entry : values.mapping().entries()) {
            Optional<String> text = entry.value().said();
            if (text.isEmpty()) {
                continue;
            }
            try {
                boolean open = TypedParameters.isOpen(text.get());
                JsonNode value = schema.read(
                        entry.name(), open ? ScheduledText.resolve(text.get(), clock.instant(), zone) : text.get());
                read.set(entry.name(), open ? TextNode.valueOf(text.get()) : value);
            } catch (ParameterException misfit) {
                throw values.problem(entry.line(), String.valueOf(misfit.getMessage()));
            }
        }
        return read;
    }

    private List<ScheduleSpec> schedules(YamlEntries page, FlowManifest manifest, ObjectNode parameters) {
        ScheduleEntries reader = new ScheduleEntries(this, manifest);
        List<ScheduleSpec> schedules = new ArrayList<>();
        for (YamlNode item : page.list("schedules")) {
            YamlEntries entries = page.entries("schedules", item);
            ScheduleSpec schedule = reader.read(entries);
            requireComplete(entries, schedule, manifest, parameters);
            schedules.add(schedule);
        }
        return schedules;
    }

    /** A run nobody can give a value to must not be planned without one. */
    private void requireComplete(
            YamlEntries entries, ScheduleSpec schedule, FlowManifest manifest, ObjectNode parameters) {
        ObjectNode all = parameters.deepCopy();
        all.setAll(TypedParameters.object(schedule.parametersJson()));
        Instant due = schedule.timing().next(clock.instant()).orElseGet(clock::instant);
        try {
            TypedParameters.fill(manifest, all, due, schedule.timing().zone());
        } catch (ParameterException misfit) {
            throw entries.problem(entries.mapping().line(), "with this schedule, " + misfit.getMessage());
        }
    }

    /** What the store or the engine refuses, with the line of the entry. */
    static <T> T refused(YamlEntries entries, String name, java.util.function.Supplier<T> make) {
        try {
            return make.get();
        } catch (RefusedException | IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw entries.problem(
                    entries.line(name), message.endsWith(".") ? message.substring(0, message.length() - 1) : message);
        }
    }
}
