package io.dagshell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.State;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ToldWordsTest {
    /** What servers of deployments of format 1 understand of what a run tells. */
    private static final String FORMAT_1 = """
            ApprovalAnswered ApprovalAsked ArtifactRecorded CacheConsulted KeyRecorded LogLine Progressed ResultDescribed \
            RunFinished RunStarted TaskCreated TaskFailed TaskStateChanged
            SCHEDULED LATE PENDING RUNNING AWAITING_RETRY PAUSED COMPLETED CACHED FAILED CRASHED CANCELLING CANCELLED
            TASK FLOW
            HIT MISS REFRESHED NOT_CACHED RESUMED
            USER RESOURCE SYSTEM
            """;

    @Test
    void a_run_tells_nothing_that_servers_of_its_deployments_format_do_not_understand() {
        String told = Arrays.stream(RunEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .sorted()
                        .collect(Collectors.joining(" ", "", "\n"))
                + constants(State.values())
                + constants(Kind.values())
                + constants(CacheOutcome.values())
                + constants(FailureKind.values());

        assertThat(ManifestJson.FORMAT).isEqualTo(1);
        assertThat(told)
                .as(
                        "a server that does not know a word stops the run: raise ManifestJson.FORMAT for new ones, and write the"
                                + " words of that format here")
                .isEqualTo(FORMAT_1);
    }

    private static String constants(Enum<?>[] all) {
        return Arrays.stream(all).map(Enum::name).collect(Collectors.joining(" ", "", "\n"));
    }
}
