package io.dagshell.installer.export;

import io.dagshell.server.deploy.FolderSaid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a deployment for one kind of scheduler. */
public final class Exports {
    private Exports() {}

    /** The kinds there are. */
    public enum Kind {
        CRON,
        SYSTEMD,
        DOCKERFILE,
        KUBERNETES,
        AIRFLOW;

        private Export export() {
            return switch (this) {
                case CRON -> new CronExport();
                case SYSTEMD -> new SystemdExport();
                case DOCKERFILE -> new DockerExport();
                case KUBERNETES -> new KubernetesExport();
                case AIRFLOW -> new AirflowExport(LocalDate.now(ZoneOffset.UTC));
            };
        }

        private boolean isImage() {
            return this == DOCKERFILE || this == KUBERNETES;
        }
    }

    /**
     * What was asked for.
     *
     * @param place where the jar will lie; empty for the folder that is written, or the image's own
     * @param image name of the image; empty for one of the deployment's name
     */
    public record Order(Kind kind, Path folder, Optional<String> place, Optional<String> image) {}

    /**
     * Writes the files.
     *
     * @return what was written and what to do next, in lines; the jar, which is to be written beside them, comes first
     * @throws io.dagshell.installer.CommandProblem a schedule cannot be said there
     */
    public static Written write(FolderSaid said, Order order) throws IOException {
        String plain = ExportedFlow.plain(said.spec().name().value());
        String place = order.kind().isImage()
                ? DockerExport.PLACE
                : order.place().orElse(order.folder().toString());
        ExportedFlow flow = new ExportedFlow(said, place, order.image().orElse(plain + ":latest"));
        Export export = order.kind().export();
        List<String> lines = new ArrayList<>();
        var files = export.files(flow);
        Files.createDirectories(order.folder());
        for (var file : files.entrySet()) {
            Path target = order.folder().resolve(file.getKey());
            Files.write(target, file.getValue().getBytes(StandardCharsets.UTF_8));
            lines.add("Written: " + target);
        }
        lines.addAll(export.next(flow, order.folder()));
        return new Written(order.folder().resolve(flow.jar()), lines);
    }

    /** Where the jar belongs, and what to say. */
    public record Written(Path jar, List<String> lines) {
        public Written {
            lines = List.copyOf(lines);
        }
    }
}
