package io.dagshell.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.approval.Approvals.Answer;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.RunId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AskedAtTerminalTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    enum Mode {
        APPEND,
        REPLACE
    }

    record Choice(String table, int chunk, Mode mode, List<Integer> months) {}

    private Answer ask(String typed, ApprovalForm form, Optional<Duration> limit) throws InterruptedException {
        AskedAtTerminal terminal = AskedAtTerminal.of(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(shown, true, StandardCharsets.UTF_8),
                "ada");
        return terminal.ask(new Approvals.Question(
                        RunId.create(Instant.EPOCH), new CallPath("etl/1.approve/1"), "Load 1.3 M rows?", form, limit))
                .orElseThrow();
    }

    private Answer ask(String typed) throws InterruptedException {
        return ask(typed, ApprovalForm.NONE, Optional.empty());
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void yes_approves_and_no_rejects_with_what_stands_behind_it() throws Exception {
        assertThat(ask("maybe\nYes\n")).isInstanceOf(Answer.Approved.class);
        assertThat(shown()).startsWith("Load 1.3 M rows?\nApprove? yes, or no and why: Approve?");
        assertThat(ask("no, it is frozen\r\n")).isEqualTo(new Answer.Rejected("ada", "it is frozen"));
        assertThat(ask("n")).isEqualTo(new Answer.Rejected("ada", ""));
    }

    @Test
    void fields_are_typed_as_parameters_are_and_asked_again_until_they_fit() throws Exception {
        ApprovalForm form = ApprovalForm.of(Choice.class, null);
        Answer.Approved answer =
                (Answer.Approved) ask("trips\r\nmany\n5\nDROP\nREPLACE\n1,2\ny\n", form, Optional.empty());
        assertThat(answer.values())
                .hasToString("{\"table\":\"trips\",\"chunk\":5,\"mode\":\"REPLACE\",\"months\":[1,2]}");
        assertThat(shown())
                .contains(
                        "  table (String): ",
                        "parameter chunk (int): 'many' is not",
                        "'DROP' is not one of APPEND, REPLACE");
    }

    @Test
    void an_empty_line_takes_what_is_suggested() throws Exception {
        ApprovalForm form = ApprovalForm.of(Choice.class, new Choice("trips", 7, Mode.APPEND, List.of()));
        assertThat(form).isEqualTo(ApprovalForm.parse(form.toJson()));
        Answer.Approved answer = (Answer.Approved) ask("\n\nREPLACE\n\nyes\n", form, Optional.empty());
        assertThat(answer.values()).hasToString("{\"table\":\"trips\",\"chunk\":7,\"mode\":\"REPLACE\",\"months\":[]}");
        assertThat(shown()).contains("  chunk (int) [7]: ");
    }

    @Test
    void input_that_ends_says_where_one_can_answer() {
        assertThatThrownBy(() -> ask(""))
                .isInstanceOf(NobodyToAskException.class)
                .hasMessageContaining("'Load 1.3 M rows?' waits for an approval")
                .hasMessageContaining("pipe the answers in");
    }

    @Test
    void who_waits_for_an_answer_can_be_interrupted_and_what_is_typed_later_is_not_lost() throws Exception {
        try (PipedOutputStream keys = new PipedOutputStream();
                PipedInputStream stuck = new PipedInputStream(keys)) {
            // A terminal: whoever reads it does not notice an interrupt.
            InputStream deaf = new InputStream() {
                @Override
                public int read() throws IOException {
                    while (stuck.available() == 0) {
                        LockSupport.parkNanos(1_000_000);
                        Thread.interrupted();
                    }
                    return stuck.read();
                }
            };
            AskedAtTerminal terminal = AskedAtTerminal.reading(deaf);
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread asks = new Thread(() -> {
                try {
                    terminal.ask(question());
                } catch (Throwable thrown) {
                    ended.set(thrown);
                }
            });
            asks.start();
            Thread.sleep(100);
            asks.interrupt();
            asks.join(5_000);
            assertThat(ended.get()).isInstanceOf(InterruptedException.class);

            keys.write("yes\n".getBytes(StandardCharsets.UTF_8));
            assertThat(terminal.ask(question()).orElseThrow()).isInstanceOf(Answer.Approved.class);
        }
    }

    private static Approvals.Question question() {
        return new Approvals.Question(
                RunId.create(Instant.EPOCH),
                new CallPath("etl/1.approve/1"),
                "Load 1.3 M rows?",
                ApprovalForm.NONE,
                Optional.empty());
    }

    @Test
    void an_answer_after_the_timeout_is_a_rejection() throws Exception {
        assertThat(ask("yes\n", ApprovalForm.NONE, Optional.of(Duration.ofNanos(1))))
                .isEqualTo(new Answer.Rejected("ada", "the answer came after the timeout"));
    }
}
