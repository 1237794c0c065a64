package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.DeploymentServer;
import io.dagshell.server.client.ApiClient;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dagshell audit}. */
@Command(
        name = "audit",
        description = "Prints who did what on a server, the newest first.",
        mixinStandardHelpOptions = true)
final class AuditCommand extends Leaf {
    private static final int PAGE = 500;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "All from so long ago on, such as 12h or 7d (default: the last of them).")
    private Optional<String> since = Optional.empty();

    @Option(names = "--by", paramLabel = "NAME", description = "Of this user or token only.")
    private Optional<String> by = Optional.empty();

    @Option(names = "--action", paramLabel = "ACTION", description = "This only, such as run.cancel or login.")
    private Optional<String> action = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "So many lines at most (default: 50; with --since, all).")
    private Optional<String> limit = Optional.empty();

    @Option(names = "--json", description = "Each line as a JSON object.")
    private boolean json;

    @Override
    int run(PrintWriter out) throws Exception {
        StringBuilder query = new StringBuilder("/api/audit?limit=");
        int most = limit.map(text -> LimitCommand.number("--limit", text))
                .orElse(since.isPresent() ? Integer.MAX_VALUE : 50);
        query.append(Math.min(most, PAGE));
        since.ifPresent(time -> query.append("&since=")
                .append(ApiClient.segment(
                        Instant.now().minus(Times.parse("--since", time)).toString())));
        by.ifPresent(name -> query.append("&by=").append(ApiClient.segment(name)));
        action.ifPresent(word -> query.append("&action=").append(ApiClient.segment(word)));
        ApiClient server = DeploymentServer.ofEnvironment().client();
        TextTable table = new TextTable("when", "who", "role", "did", "what", "outcome", "from", "");
        int printed = 0;
        Optional<String> next = Optional.of("");
        while (next.isPresent() && printed < most) {
            JsonNode page = server.get(query + (next.get().isEmpty() ? "" : "&after=" + ApiClient.segment(next.get())));
            for (JsonNode entry : page.path("entries")) {
                if (printed++ < most) {
                    print(entry, table, out);
                }
            }
            next = Optional.ofNullable(page.get("next")).map(JsonNode::asText);
        }
        if (printed == 0 && !json) {
            out.println("Nothing is written down: who changes something, logs in or is refused is, from the first user"
                    + " or token on.");
        }
        table.print(out);
        return ExitCode.DONE.number();
    }

    private void print(JsonNode entry, TextTable table, PrintWriter out) {
        if (json) {
            out.println(entry);
            return;
        }
        table.row(
                entry.path("at").asText(),
                entry.path("by").asText(),
                entry.path("role").asText(""),
                entry.path("action").asText(),
                entry.path("object").asText(),
                entry.path("outcome").asText(),
                entry.path("address").asText() + " " + entry.path("via").asText(),
                entry.path("detail").asText());
    }
}
