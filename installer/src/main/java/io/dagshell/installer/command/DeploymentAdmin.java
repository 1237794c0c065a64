package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deployment ls | show | rollback | pause | resume}. */
final class DeploymentAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeploymentAdmin() {}

    /** Whether it is paused, and why if nobody did it. */
    static String paused(JsonNode deployment) {
        String reason = deployment.path("pausedReason").asText("");
        if (!deployment.path("paused").asBoolean()) {
            return "";
        }
        return reason.isEmpty() ? "paused" : "paused: " + reason;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String nextDue(JsonNode schedules) {
        String next = "";
        for (JsonNode schedule : schedules) {
            String due = schedule.path("nextDue").asText("");
            if (!due.isEmpty() && (next.isEmpty() || due.compareTo(next) < 0)) {
                next = due;
            }
        }
        return next;
    }

    /** {@code deployment ls}. */
    @Command(name = "ls", description = "Lists the deployments of the server.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Override
        int run(PrintWriter out) throws Exception {
            ApiClient server = DeploymentServer.ofEnvironment().client();
            JsonNode all = server.get("/api/deployments").path("deployments");
            if (all.isEmpty()) {
                out.println("Nothing is deployed yet: dagshell deployment apply FOLDER");
            }
            TextTable table = new TextTable("name", "flow", "version", "queue", "next run", "");
            for (JsonNode each : all) {
                String name = each.path("name").asText();
                JsonNode schedules = server.get(DeploymentServer.path(name) + "/schedules");
                table.row(
                        name,
                        each.path("flow").asText(),
                        DeploymentServer.shortVersion(each),
                        each.path("queue").asText(),
                        nextDue(schedules.path("schedules")),
                        paused(each));
            }
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code deployment show NAME}. */
    @Command(name = "show", description = "Shows a deployment.", mixinStandardHelpOptions = true)
    static final class Show extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            ApiClient server = DeploymentServer.ofEnvironment().client();
            JsonNode one = server.get(DeploymentServer.path(name));
            out.println("\"" + name + "\"" + (one.path("paused").asBoolean() ? ", " + paused(one) : ""));
            out.println("flow " + one.path("flow").asText() + " of "
                    + one.path("notebook").asText() + " on JDK "
                    + one.path("jdk").asInt() + ", work queue "
                    + one.path("queue").asText());
            out.println("parameters " + one.path("parameters"));
            out.println("blocks " + one.path("blocks"));
            if (one.path("retries").asInt() > 0) {
                out.println("retries " + one.path("retries").asInt() + " after "
                        + one.path("retryDelays").asText() + ", when "
                        + String.join(", ", texts(one.path("retryWhen"))));
            }
            if (one.has("pauseAfterFailures")) {
                out.println("schedules pause after "
                        + one.path("pauseAfterFailures").asInt() + " failed runs in a row");
            }
            if (one.has("memory")) {
                out.println("memory " + one.path("memory").asText());
            }
            int number = 1;
            for (JsonNode schedule : one.path("schedules")) {
                out.println("schedule " + number++ + ": " + ScheduleRule.told(schedule) + ", next "
                        + ScheduleCommand.next(schedule) + ", overlap "
                        + schedule.path("overlap").asText());
            }
            JsonNode versions =
                    server.get(DeploymentServer.path(name) + "/versions").path("versions");
            TextTable table = new TextTable("version", "applied", "");
            for (JsonNode version : versions) {
                boolean current = version.path("version").equals(one.path("version"));
                table.row(
                        DeploymentServer.shortVersion(version),
                        version.path("created").asText(),
                        current ? "current" : "");
            }
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** {@code deployment rollback NAME VERSION}. */
    @Command(
            name = "rollback",
            description = "Makes an earlier version the current one.",
            mixinStandardHelpOptions = true)
    static final class Rollback extends Leaf {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(index = "1", paramLabel = "VERSION", description = "Its digest, or how that begins.")
        private String version = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode now = DeploymentServer.ofEnvironment()
                    .client()
                    .post(
                            DeploymentServer.path(name) + "/rollback",
                            JSON.createObjectNode().put("version", version));
            out.println("Deployment \"" + name + "\" is version " + DeploymentServer.shortVersion(now) + " again.");
            return ExitCode.DONE.number();
        }
    }

    private static int pause(String name, boolean paused, PrintWriter out) throws Exception {
        DeploymentServer.ofEnvironment()
                .client()
                .post(
                        DeploymentServer.path(name) + "/pause",
                        JSON.createObjectNode().put("paused", paused));
        out.println("Schedules of \"" + name + "\" " + (paused ? "make no runs now." : "make runs again."));
        return ExitCode.DONE.number();
    }

    /** {@code deployment pause NAME}. */
    @Command(name = "pause", description = "Stops its schedules for a while.", mixinStandardHelpOptions = true)
    static final class Pause extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            return pause(name, true, out);
        }
    }

    /** {@code deployment resume NAME}. */
    @Command(name = "resume", description = "Lets its schedules go on.", mixinStandardHelpOptions = true)
    static final class Resume extends Leaf {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            return pause(name, false, out);
        }
    }
}
