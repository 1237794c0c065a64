package io.dagshell.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.orchestration.FolderFiles;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The folder of a deployment of a flow {@code etl} without tasks. */
public final class EtlFolder {
    private EtlFolder() {}

    /** @param page its {@code deployment.yaml} */
    public static FolderFiles of(String page, FlowParameter... parameters) {
        return FolderFiles.of(files(page, parameters));
    }

    /** The body of a request that applies it. */
    public static String json(String page, FlowParameter... parameters) {
        ObjectNode body = new ObjectMapper().createObjectNode();
        ObjectNode files = body.putObject("files");
        files(page, parameters)
                .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
        return body.toString();
    }

    private static Map<String, byte[]> files(String page, FlowParameter... parameters) {
        FlowManifest manifest = new FlowManifest(
                ManifestJson.FORMAT,
                new TaskName("etl"),
                "etl.ipynb",
                17,
                "UTC",
                List.of(parameters),
                List.of(),
                new FlowGraph(List.of(), List.of()),
                "",
                List.of(),
                List.of());
        return Map.of(
                FolderFiles.YAML,
                page.getBytes(UTF_8),
                FolderFiles.MANIFEST,
                ManifestJson.write(manifest),
                FolderFiles.JAR,
                new byte[] {1},
                FolderFiles.LOCK,
                new byte[0]);
    }
}
