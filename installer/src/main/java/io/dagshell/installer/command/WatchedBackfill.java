package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.client.ApiClient;
import io.dagshell.server.client.ServerRefusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;

/** Tells how far a backfill is, a line for each change. A server that is away is asked again. Not thread-safe. */
final class WatchedBackfill {
    private static final Set<String> OVER = Set.of("finished", "cancelled");
    private static final long STEP_MILLIS = 500;

    private final String id;
    private final PrintWriter out;
    private ApiClient server;
    private String told = "";
    private boolean away;

    WatchedBackfill(ApiClient server, String id, PrintWriter out) {
        this.server = server;
        this.id = id;
        this.out = out;
    }

    /** Returns when it is over; one that is paused is waited for. */
    ExitCode follow() throws InterruptedException, IOException {
        while (true) {
            try {
                JsonNode now = server.get("/api/backfills/" + ApiClient.segment(id));
                away = false;
                tell(now);
                if (OVER.contains(now.path("state").asText())
                        && now.path("active").asInt() == 0) {
                    boolean all =
                            now.path("failed").asInt() + now.path("cancelled").asInt() == 0;
                    return all ? ExitCode.DONE : ExitCode.FLOW_FAILED;
                }
            } catch (IOException gone) {
                sayAway(gone);
            } catch (ServerRefusal refused) {
                // Its database may be away.
                if (refused.status() < 500) {
                    throw refused;
                }
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    private void tell(JsonNode now) {
        String line = BackfillCommand.told(now);
        if (!line.equals(told)) {
            out.println(line);
            out.flush();
            told = line;
        }
    }

    private void sayAway(IOException gone) throws IOException {
        if (!away) {
            out.println(gone.getMessage() + " The backfill goes on with it; asking again until the server answers.");
            out.flush();
            away = true;
        }
        // Started again, it may listen elsewhere.
        server = ApiClient.of(Home.ofEnvironment(), System.getenv());
    }
}
