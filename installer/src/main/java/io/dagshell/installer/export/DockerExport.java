package io.dagshell.installer.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An image that runs the flow once. */
final class DockerExport implements Export {
    /** Where the jar is in it. */
    static final String PLACE = "/opt/dagshell";

    @Override
    public SortedMap<String, String> files(ExportedFlow flow) {
        String flags = flow.flags().stream().map(flag -> ", \"" + flag + "\"").collect(Collectors.joining());
        String blocks = flow.blocks().isEmpty()
                ? ""
                : "# It needs blocks, given at the start and never in the image: "
                        + String.join(
                                " ",
                                flow.blocks().stream().map(name -> "-e " + name).toList())
                        + "\n";
        return new TreeMap<>(Map.of("Dockerfile", """
                # %s: docker run --rm %s [-p name=value …]
                %sFROM eclipse-temurin:%d-jdk
                RUN useradd --system --home-dir /var/lib/dagshell --create-home dagshell
                COPY %s %s/
                # Cached results, and the record of runs: a volume keeps them.
                ENV DAGSHELL_HOME=/var/lib/dagshell
                VOLUME ["/var/lib/dagshell"]
                WORKDIR /var/lib/dagshell
                USER dagshell
                ENTRYPOINT ["java"%s, "-jar", "%s/%s", "run"]
                """.formatted(
                        ExportedFlow.comment(flow.title()),
                        flow.image(),
                        blocks,
                        flow.said().spec().jdk(),
                        flow.jar(),
                        PLACE,
                        flags,
                        PLACE,
                        flow.jar())));
    }

    @Override
    public List<String> next(ExportedFlow flow, Path folder) {
        return List.of("Build it: docker build -t " + flow.image() + " " + folder);
    }
}
