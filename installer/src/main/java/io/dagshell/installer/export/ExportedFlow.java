package io.dagshell.installer.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.deploy.FlowProcess;
import io.dagshell.installer.CommandProblem;
import io.dagshell.server.deploy.FolderSaid;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A deployment that is to be started by another scheduler.
 *
 * @param said what its folder says
 * @param place folder of the jar where it will run
 * @param image name of the container's image
 */
record ExportedFlow(FolderSaid said, String place, String image) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 40;
    private static final Pattern RETRIES = Pattern.compile("^retries\\s*:", Pattern.MULTILINE);

    /** A name that every scheduler takes: letters, digits and hyphens of ASCII, not too long. */
    String name() {
        return plain(said.spec().name().value());
    }

    static String plain(String name) {
        String letters = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String cut = letters.substring(0, Math.min(LONGEST, letters.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "deployment" : cut.replaceFirst("^(\\d)", "d$1");
    }

    String jar() {
        return name() + ".jar";
    }

    String title() {
        return said.spec().name().value();
    }

    private Optional<String> memory() {
        return said.how().memory();
    }

    /** What its page says; what the flow's header says is done in the process of the run. */
    int retries() {
        boolean said = this.said
                .spec()
                .files()
                .text(FolderFiles.YAML)
                .filter(text -> RETRIES.matcher(text).find())
                .isPresent();
        return said ? this.said.spec().settings().retries() : 0;
    }

    /** Flags of {@code java}, as an agent gives them. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(FlowProcess.HEAP);
        flags.add(memory().map(heap -> "-Xmx" + heap).orElse(FlowProcess.FIRST_HEAP));
        flags.add(FlowProcess.QUIET);
        return flags;
    }

    List<String> blocks() {
        return said.blocks().stream()
                .map(name -> new BlockName(name).environmentVariable())
                .toList();
    }

    /** Those that are switched on. */
    List<ScheduleSpec> schedules() {
        return said.spec().schedules().stream().filter(ScheduleSpec::active).toList();
    }

    /** The same; there must be some. */
    List<ScheduleSpec> requireSchedules() {
        if (schedules().isEmpty()) {
            throw CommandProblem.badInput(
                    "The deployment '" + title() + "' has no schedule that is active: write one below"
                            + " schedules: in its deployment.yaml, such as {cron: \"0 * * * *\", zone: UTC}.");
        }
        return schedules();
    }

    /** The name, with a number if there are several schedules. */
    String name(int schedule) {
        return schedules().size() > 1 ? name() + "-" + (schedule + 1) : name();
    }

    /** {@code java -jar … run} with the values that a schedule has for itself. */
    List<String> words(ScheduleSpec schedule) {
        List<String> words = new ArrayList<>(List.of("java"));
        words.addAll(flags());
        words.addAll(List.of("-jar", place + "/" + jar(), "run"));
        try {
            for (var value : JSON.readTree(schedule.parametersJson()).properties()) {
                words.add("-p");
                words.add(value.getKey() + "=" + text(value.getValue()));
            }
            // Days begin and end by the schedule's clock, as they do on a server.
            String zone = schedule.timing().zone().getId();
            words.addAll(List.of("--due-zone", zone.equals("Z") ? "UTC" : zone));
            return words;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("parameters that were read are JSON", impossible);
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    /** A word for a POSIX shell. */
    static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Words for a POSIX shell. */
    static String shell(List<String> words) {
        return String.join(" ", words.stream().map(ExportedFlow::quoted).toList());
    }

    /** The minute in which the shell starts it, as the due instant: {@code --due 2026-01-31T06:00:00Z}. */
    static String shellWithDue(List<String> words) {
        return shell(words) + " --due \"$(date -u +%Y-%m-%dT%H:%M:00Z)\"";
    }

    /** A comment's line has no line break in it. */
    static String comment(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
