package io.dagshell.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.TaskName;
import io.dagshell.store.LocalBlocks;
import io.dagshell.store.orchestration.FolderFiles;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home in which every page has something to show, and the addresses of the pages. */
final class SeenPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SeenPages() {}

    static Map<String, String> fill(Person owner, Home home) throws Exception {
        apply(owner, "name: Nightly\nflow: etl\ntags: [db]\nschedules:\n  - cron: \"0 0 1 1 *\"\n");
        apply(owner, "name: Nightly\nflow: etl\ntags: [db]\nschedules:\n  - cron: \"0 0 2 1 *\"\n");
        String run = done(owner.json("POST", "/api/deployments/Nightly/runs", "{}"))
                .json()
                .path("run")
                .asText();
        String over = done(owner.json("POST", "/api/deployments/Nightly/runs", "{}"))
                .json()
                .path("run")
                .asText();
        done(owner.json("POST", "/api/runs/" + over + "/cancel", "{}"));
        String backfill = done(owner.json(
                        "POST",
                        "/api/deployments/Nightly/backfills",
                        "{\"from\": \"2020-01-01\", \"to\": \"2023-01-02\"}"))
                .json()
                .path("id")
                .asText();
        done(owner.json("PUT", "/api/limits/db", "{\"concurrency\": 2}"));
        LocalBlocks.open(home.blocks())
                .set(
                        new BlockName("chat"),
                        "webhook",
                        Map.of("url", "http://127.0.0.1:1/hook-secret", "form", "slack"));
        done(owner.json("PUT", "/api/alerts/night", "{\"on\": [\"failed\"], \"block\": \"chat\"}"));
        done(owner.json("POST", "/api/tokens", "{\"name\": \"robot\", \"role\": \"agent\"}"));
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("start", "/");
        pages.put("runs", "/runs");
        pages.put("run", "/runs/" + run);
        pages.put("over", "/runs/" + over);
        pages.put("flows", "/flows");
        pages.put("deployments", "/deployments");
        pages.put("deployment", "/deployment?name=Nightly");
        pages.put("order", "/deployment/run?name=Nightly");
        pages.put("edit", "/deployment/edit?name=Nightly");
        pages.put("backfill-new", "/deployment/backfill?name=Nightly");
        pages.put("backfill", "/backfill?id=" + backfill);
        pages.put("queues", "/queues");
        pages.put("queue", "/queues?queue=default");
        pages.put("alerts", "/alerts");
        pages.put("alert", "/alerts/edit?name=night");
        pages.put("blocks", "/blocks");
        pages.put("block", "/blocks/chat");
        pages.put("users", "/users");
        pages.put("tokens", "/tokens");
        pages.put("audit", "/audit");
        pages.put("account", "/account");
        return pages;
    }

    private static Person.Answer done(Person.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer;
    }

    /** Applies a folder whose flow takes a {@code year}. */
    static Person.Answer apply(Person who, String page) throws Exception {
        FlowManifest manifest = new FlowManifest(
                1,
                new TaskName("etl"),
                "etl.ipynb",
                17,
                "UTC",
                List.of(new FlowParameter("year", "int", Optional.empty(), Optional.of("2020"))),
                List.of(),
                new FlowGraph(List.of(), List.of()),
                "",
                List.of(),
                List.of());
        ObjectNode body = JSON.createObjectNode();
        ObjectNode files = body.putObject("files");
        Map.of(
                        FolderFiles.YAML,
                        page.getBytes(UTF_8),
                        FolderFiles.MANIFEST,
                        ManifestJson.write(manifest),
                        FolderFiles.JAR,
                        new byte[] {1},
                        FolderFiles.LOCK,
                        new byte[0])
                .forEach((name, bytes) -> files.put(name, Base64.getEncoder().encodeToString(bytes)));
        return who.json("POST", "/api/deployments", body.toString());
    }
}
