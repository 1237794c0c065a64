package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dagshell schedule ls | add | set | on | off | rm}. */
@Command(
        name = "schedule",
        description = "Shows and changes when a deployment runs.",
        footer = "Schedules of deployment.yaml are as the file has them again with the next apply.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ScheduleCommand.Ls.class,
            ScheduleCommand.Add.class,
            ScheduleCommand.Set.class,
            ScheduleCommand.On.class,
            ScheduleCommand.Off.class,
            ScheduleCommand.Rm.class,
        })
final class ScheduleCommand extends Group {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiClient server() throws java.io.IOException {
        return DeploymentServer.ofEnvironment().client();
    }

    private static JsonNode all(String deployment) throws java.io.IOException {
        return server().get(DeploymentServer.path(deployment) + "/schedules").path("schedules");
    }

    /** The one that is meant, by its number or its id. */
    private static JsonNode one(String deployment, String which) throws java.io.IOException {
        JsonNode all = all(deployment);
        for (int i = 0; i < all.size(); i++) {
            if (which.equals(String.valueOf(i + 1))
                    || which.equals(all.get(i).path("id").asText())) {
                return all.get(i);
            }
        }
        throw CommandProblem.badInput("Deployment \"" + deployment + "\" has no schedule " + which
                + ": dagshell schedule ls lists its " + all.size() + ".");
    }

    private static String path(JsonNode schedule) {
        return "/api/schedules/" + ApiClient.segment(schedule.path("id").asText());
    }

    /** {@code next 2026-…}, or why there is none. */
    static String next(JsonNode schedule) {
        if (schedule.path("ended").asBoolean()) {
            return "ended";
        }
        return schedule.path("nextDue").asText("off");
    }

    /** {@code schedule ls NAME}. */
    @Command(name = "ls", description = "Lists the schedules of a deployment.", mixinStandardHelpOptions = true)
    static final class Ls extends Leaf {
        @Parameters(paramLabel = "NAME", description = "The deployment's name.")
        private String name = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode all = all(name);
            if (all.isEmpty()) {
                out.println("None: it runs when asked.");
            }
            TextTable table = new TextTable("", "rule", "next", "parameters", "from");
            int number = 1;
            for (JsonNode each : all) {
                table.row(
                        String.valueOf(number++),
                        ScheduleRule.told(each),
                        next(each),
                        each.path("parameters").isEmpty()
                                ? ""
                                : each.path("parameters").toString(),
                        each.path("fromFile").asBoolean() ? "deployment.yaml" : "added");
            }
            table.print(out);
            return ExitCode.DONE.number();
        }
    }

    /** What a schedule may have beside its rule. */
    static final class Settings {
        @Option(
                names = {"-p", "--param"},
                paramLabel = "name=value",
                description = "A parameter of its runs, over the deployment's.")
        private List<String> parameters = List.of();

        @Option(
                names = "--overlap",
                paramLabel = "skip|queue|cancel_running|allow",
                description = "What is done while the run before is not over.")
        private Optional<String> overlap = Optional.empty();

        @Option(
                names = "--catch-up",
                paramLabel = "none|latest|all",
                description = "What is run of what was due while nobody looked.")
        private Optional<String> catchUp = Optional.empty();

        void into(ObjectNode body) {
            overlap.ifPresent(word -> body.put("overlap", word.replace('-', '_')));
            catchUp.ifPresent(word -> body.put("catchUp", word));
            ObjectNode texts = body.putObject("texts");
            Assignment.map(parameters).forEach(texts::put);
        }
    }

    private static int tell(String done, JsonNode schedule, PrintWriter out) {
        out.println(done + ": " + ScheduleRule.told(schedule) + ", next " + next(schedule) + ", parameters "
                + schedule.path("parameters"));
        return ExitCode.DONE.number();
    }

    /** {@code schedule add NAME --rrule RULE}. */
    @Command(name = "add", description = "Adds a schedule to a deployment.", mixinStandardHelpOptions = true)
    static final class Add extends Leaf {
        @Parameters(paramLabel = "NAME", description = "The deployment's name.")
        private String name = "";

        @Mixin
        private ScheduleRule rule = new ScheduleRule();

        @Mixin
        private Settings settings = new Settings();

        @Override
        int run(PrintWriter out) throws Exception {
            ObjectNode body = JSON.createObjectNode();
            rule.into(body);
            settings.into(body);
            return tell("Added", server().post(DeploymentServer.path(name) + "/schedules", body), out);
        }
    }

    /** {@code schedule set NAME N …}. */
    @Command(
            name = "set",
            description = "Changes a schedule; what is not named stays.",
            mixinStandardHelpOptions = true)
    static final class Set extends Leaf {
        @Parameters(index = "0", paramLabel = "NAME", description = "The deployment's name.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "N|ID", description = "Its number in dagshell schedule ls, or its id.")
        private String which = "";

        @Option(names = "--unset", paramLabel = "name", description = "A parameter that gets the deployment's value.")
        private List<String> unset = List.of();

        @Mixin
        private ScheduleRule rule = new ScheduleRule();

        @Mixin
        private Settings settings = new Settings();

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode there = one(name, which);
            ObjectNode body = JSON.createObjectNode();
            for (String kept : new String[] {"parameters", "active", "overlap", "catchUp"}) {
                body.set(kept, there.path(kept));
            }
            rule.over(there, body);
            settings.into(body);
            ((ObjectNode) body.path("parameters")).remove(unset);
            return tell("Changed", server().put(path(there), body), out);
        }
    }

    private static int activate(String name, String which, boolean active, PrintWriter out) throws Exception {
        JsonNode now = server().post(
                        path(one(name, which)) + "/activate",
                        JSON.createObjectNode().put("active", active));
        return tell(active ? "On" : "Off", now, out);
    }

    /** {@code schedule on NAME N}. */
    @Command(name = "on", description = "Switches a schedule on, from now.", mixinStandardHelpOptions = true)
    static final class On extends Leaf {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(index = "1", paramLabel = "N|ID")
        private String which = "";

        @Override
        int run(PrintWriter out) throws Exception {
            return activate(name, which, true, out);
        }
    }

    /** {@code schedule off NAME N}. */
    @Command(name = "off", description = "Switches a schedule off.", mixinStandardHelpOptions = true)
    static final class Off extends Leaf {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(index = "1", paramLabel = "N|ID")
        private String which = "";

        @Override
        int run(PrintWriter out) throws Exception {
            return activate(name, which, false, out);
        }
    }

    /** {@code schedule rm NAME N}. */
    @Command(name = "rm", description = "Removes a schedule.", mixinStandardHelpOptions = true)
    static final class Rm extends Leaf {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(index = "1", paramLabel = "N|ID")
        private String which = "";

        @Override
        int run(PrintWriter out) throws Exception {
            JsonNode there = one(name, which);
            server().delete(path(there));
            out.println("Removed: " + ScheduleRule.told(there));
            return ExitCode.DONE.number();
        }
    }
}
