package io.dagshell.installer.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.dagshell.engine.event.TextLines;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.ExitCode;
import io.dagshell.server.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells a run of a server as it goes: each line of its log, each change of its state and of its calls' once. A server
 * that is away is asked again until it is back, for the run does not stop with it. Not thread-safe.
 */
final class WatchedRun {
    private static final Set<String> OVER = Set.of("Completed", "Cached", "Failed", "Crashed", "Cancelled");
    private static final long STEP_MILLIS = 300;
    private static final long LONGEST_MILLIS = 5_000;
    /** The last lines of a process come after its end. */
    private static final long LAST_WORDS_MILLIS = 1_500;

    private String id;
    private final PrintWriter out;
    private final Map<Integer, String> calls = new HashMap<>();
    private ApiClient server;
    private String state = "";
    private String saidOfState = "";
    private long next;
    private boolean away;
    private String madeAnew = "";

    /** @param id of the run, whole */
    WatchedRun(ApiClient server, String id, PrintWriter out) {
        this.server = server;
        this.id = id;
        this.out = out;
    }

    /** Returns when the run is over; whoever ends this command before reads how to stop the run. */
    ExitCode follow() throws IOException, InterruptedException {
        Thread left = new Thread(this::sayThatItGoesOn, "watch ended");
        Runtime.getRuntime().addShutdownHook(left);
        try {
            return end();
        } finally {
            forget(left);
        }
    }

    /** Nothing more is said at the end, unless that is now. */
    private static void forget(Thread left) {
        try {
            Runtime.getRuntime().removeShutdownHook(left);
        } catch (IllegalStateException ending) {
            // It has been said.
        }
    }

    private void sayThatItGoesOn() {
        out.println();
        out.println("No longer watched; the run goes on. Watch it again: dagshell deployment watch " + id);
        out.println("Stop it: dagshell deployment cancel " + id);
        out.flush();
    }

    private ExitCode end() throws IOException, InterruptedException {
        long pause = STEP_MILLIS;
        while (true) {
            try {
                long asked = System.nanoTime();
                tell();
                if (away) {
                    out.println("The server answers again.");
                    away = false;
                }
                if (OVER.contains(state) && !madeAnew.isEmpty()) {
                    goOn();
                    continue;
                }
                if (OVER.contains(state)) {
                    out.flush();
                    return state.equals("Completed") ? ExitCode.DONE : ExitCode.FLOW_FAILED;
                }
                // A run of ten thousand calls is a long answer: it must not keep the server busy.
                pause = Math.max(STEP_MILLIS, 4 * (System.nanoTime() - asked) / 1_000_000);
            } catch (IOException gone) {
                sayAway(gone);
                pause = Math.min(2 * pause, LONGEST_MILLIS);
            }
            out.flush();
            Thread.sleep(Math.min(pause, LONGEST_MILLIS));
        }
    }

    /** A run that crashed, and for which another was made without a person. */
    private void goOn() {
        out.println("It is made anew, as run " + madeAnew + ".");
        id = madeAnew;
        madeAnew = "";
        state = "";
        next = 0;
        calls.clear();
    }

    private void sayAway(IOException gone) {
        if (!away) {
            out.println(gone.getMessage() + " The run goes on; asking again until the server answers.");
            away = true;
        }
        try {
            // Started again, it may listen elsewhere.
            server = ApiClient.of(Home.ofEnvironment(), System.getenv());
        } catch (IOException unknown) {
            // Then where it was.
        }
    }

    private void tell() throws IOException, InterruptedException {
        JsonNode run = server.get("/api/runs/" + id);
        String now = run.path("state").asText();
        boolean last = OVER.contains(now);
        madeAnew = now.equals("Crashed") ? run.path("retriedBy").asText("") : "";
        if (!last) {
            state(run, now);
        } else if (!now.equals("Completed")) {
            Thread.sleep(LAST_WORDS_MILLIS);
        }
        lines();
        run.path("tasks").forEach(this::call);
        if (last) {
            state(run, now);
        }
    }

    private void state(JsonNode run, String now) {
        String told = now
                + (run.hasNonNull("reason") ? ": " + run.path("reason").asText() : "")
                + (run.hasNonNull("next") ? " at " + run.path("next").asText().replaceFirst("\\.\\d+", "") : "");
        if (!told.equals(saidOfState)) {
            out.println(told);
            for (JsonNode asked : run.path("approvals")) {
                if (now.equals("Paused") && asked.path("state").asText().equals("waiting")) {
                    out.println("  " + asked.path("question").asText() + "  dagshell approval approve " + id
                            + ", or reject it with --reason");
                }
            }
            saidOfState = told;
        }
        state = now;
    }

    /** All there is now, which is a page or more. */
    private void lines() throws IOException {
        JsonNode lines;
        do {
            JsonNode page = server.get("/api/runs/" + id + "/logs?after=" + next);
            lines = page.path("lines");
            lines.forEach(line -> out.println(line.path("at").asText().substring(11, 19) + "  "
                    + line.path("level").asText() + "  " + line.path("text").asText()));
            next = page.path("next").asLong(next);
        } while (!lines.isEmpty());
    }

    /** The flow itself is the run. */
    private void call(JsonNode call) {
        if (!call.has("parent")) {
            return;
        }
        String told = call.path("task").asText() + "  " + call.path("state").asText() + progress(call.path("progress"))
                + took(call) + summary(call)
                + place(call.path("failure").path("location").asText(""));
        boolean begun = !call.path("state").asText().equals("Pending");
        if (begun && !told.equals(calls.put(call.path("ordinal").asInt(), told))) {
            out.println("  " + told);
        }
    }

    private static String progress(JsonNode progress) {
        if (progress.isMissingNode()) {
            return "";
        }
        String of = progress.hasNonNull("total") ? " of " + number(progress.path("total")) : "";
        return "  " + number(progress.path("done")) + of + " "
                + progress.path("unit").asText();
    }

    private static String number(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }

    private static String took(JsonNode call) {
        if (!call.hasNonNull("started") || !call.hasNonNull("finished")) {
            return "";
        }
        return "  "
                + TextLines.seconds(Duration.between(
                        Instant.parse(call.path("started").asText()),
                        Instant.parse(call.path("finished").asText())));
    }

    private static String place(String location) {
        return location.isEmpty() ? "" : "  at " + location;
    }

    private static String summary(JsonNode call) {
        String said = call.path("summary").asText(call.path("message").asText(""));
        return said.isEmpty() ? "" : "  " + said.lines().findFirst().orElse("");
    }
}
