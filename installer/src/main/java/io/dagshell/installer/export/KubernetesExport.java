package io.dagshell.installer.export;

import io.dagshell.store.orchestration.CatchUp;
import io.dagshell.store.orchestration.Overlap;
import io.dagshell.store.orchestration.ScheduleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A CronJob of Kubernetes for each schedule, and the image's Dockerfile. */
final class KubernetesExport implements Export {
    private static final int MISSED_SECONDS = 3_600;

    @Override
    public SortedMap<String, String> files(ExportedFlow flow) {
        List<String> documents = new ArrayList<>();
        List<ScheduleSpec> schedules = flow.requireSchedules();
        for (int i = 0; i < schedules.size(); i++) {
            documents.add(job(flow, schedules.get(i), flow.name(i)));
        }
        SortedMap<String, String> files = new TreeMap<>(new DockerExport().files(flow));
        files.put("cronjob.yaml", String.join("---\n", documents));
        return files;
    }

    private static String job(ExportedFlow flow, ScheduleSpec schedule, String name) {
        CronFields fields = CronFields.of(schedule.timing());
        String missed = schedule.catchUp() == CatchUp.NONE ? "" : "  startingDeadlineSeconds: " + MISSED_SECONDS + "\n";
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: %s
                  annotations:
                    dagshell/deployment: %s
                spec:
                  schedule: %s
                  timeZone: %s
                  concurrencyPolicy: %s
                %s  jobTemplate:
                    spec:
                      backoffLimit: %d
                      template:
                        spec:
                          restartPolicy: Never
                          containers:
                            - name: flow
                              image: %s
                              command: ["/bin/sh", "-c"]
                              args:
                                - %s
                              envFrom:
                                # %s
                                - secretRef:
                                    name: %s-blocks
                                    optional: true
                """.formatted(
                name,
                text(flow.title()),
                text(fields.line()),
                text(fields.zoneName()),
                policy(schedule.overlap()),
                missed,
                flow.retries(),
                text(flow.image()),
                // $(…) would be a variable of Kubernetes
                text("exec " + ExportedFlow.shellWithDue(flow.words(schedule)).replace("$(", "$$(")),
                flow.blocks().isEmpty()
                        ? "It needs no blocks."
                        : "The blocks it needs: " + String.join(", ", flow.blocks()),
                flow.name());
    }

    private static String policy(Overlap overlap) {
        return switch (overlap) {
            case ALLOW -> "Allow";
            case CANCEL_RUNNING -> "Replace";
            case SKIP, QUEUE -> "Forbid";
        };
    }

    /** JSON's texts are YAML's. */
    static String text(String value) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(value).toString();
    }

    @Override
    public List<String> next(ExportedFlow flow, Path folder) {
        return List.of(
                "Build it: docker build -t " + flow.image() + " " + folder + " && docker push " + flow.image(),
                "Give it its blocks: kubectl create secret generic " + flow.name()
                        + "-blocks --from-env-file=blocks.env",
                "Apply it: kubectl apply -f " + folder.resolve("cronjob.yaml"));
    }
}
