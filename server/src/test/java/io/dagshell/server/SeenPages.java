package io.dagshell.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.deploy.FlowManifest.FlowParameter;
import io.dagshell.engine.home.Home;
import io.dagshell.store.LocalBlocks;
import java.util.LinkedHashMap;
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
        return who.json(
                "POST",
                "/api/deployments",
                EtlFolder.json(page, new FlowParameter("year", "int", Optional.empty(), Optional.of("2020"))));
    }
}
