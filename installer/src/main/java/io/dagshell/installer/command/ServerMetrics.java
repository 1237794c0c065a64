package io.dagshell.installer.command;

import io.dagshell.engine.home.Home;
import io.dagshell.installer.CommandProblem;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.MetricsToken;
import io.dagshell.server.ServerFile;
import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dagshell server metrics}. */
@Command(
        name = "metrics",
        description =
                "Prints what a Prometheus needs to watch this server: an entry of its scrape_configs, with a token"
                        + " that opens /metrics and nothing else.",
        mixinStandardHelpOptions = true)
final class ServerMetrics extends Leaf {
    @Option(names = "--token", description = "Print the token alone.")
    private boolean tokenOnly;

    @Override
    int run(PrintWriter out) throws Exception {
        ServerFile server = ServerFile.read(Home.ofEnvironment())
                .orElseThrow(() -> CommandProblem.badInput(
                        "No server was ever started here: dagshell server start makes its token."));
        String token = MetricsToken.of(server.token()).value();
        out.println(tokenOnly ? token : entry(server, token).stripTrailing());
        return ExitCode.DONE.number();
    }

    private static String entry(ServerFile server, String token) {
        URI url = server.url();
        String authority = server.certificate()
                .map(file -> "    tls_config:\n      ca_file: " + file + "\n")
                .orElse("");
        return """
                scrape_configs:
                  - job_name: dagshell
                    scheme: %s
                %s    authorization:
                      credentials: %s
                    static_configs:
                      - targets: ["%s"]
                """.formatted(url.getScheme(), authority, token, url.getAuthority());
    }
}
