package io.dagshell.magics;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.magics.Mutations.Edit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What makes a task run again in a session, and what does not. */
class MutationTest extends MutationContract {
    @SuppressWarnings("NullAway.Init") // by open()
    private NotebookSessions notebook;

    @Override
    void open() {
        notebook = NotebookSessions.open(cache);
        Mutations.CELLS.forEach(notebook::value);
        notebook.value(Mutations.truth(Mutations.TASK));
    }

    @Override
    Outcome run(Edit edit) {
        notebook.value(edit.cell());
        if (edit.cell().startsWith("%%task")) {
            notebook.value(Mutations.truth(edit.cell()));
        }
        return new Outcome(
                notebook.value("t(" + edit.arguments() + ")"), notebook.value("truth(" + edit.arguments() + ")"));
    }

    @AfterEach
    void closes() {
        notebook.close();
    }

    private void assertRight(String arguments) {
        assertThat(notebook.value("t(" + arguments + ")")).isEqualTo(notebook.value("truth(" + arguments + ")"));
    }

    @Test
    void a_change_taken_back_is_a_hit_again() {
        notebook.value("int deep(int n) { return n + 2; }");
        assertRight(Mutations.ARGUMENTS);
        notebook.value("int deep(int n) { return n + 1; }");
        assertRight(Mutations.ARGUMENTS);
        assertThat(Integer.getInteger("ran")).isEqualTo(2);
    }

    @Test
    void a_lambda_made_before_a_helper_changed_never_stores_under_the_new_key() {
        notebook.value(
                "Callable<Integer> old = () -> t(7, List.of());".replace("Callable", "java.util.concurrent.Callable"));
        notebook.value("int deep(int n) { return n + 2; }");
        notebook.value("old.call()");
        notebook.value("int before = t(7, List.of())");
        assertThat(notebook.value("before")).isEqualTo(notebook.value("truth(7, List.of())"));
        assertRight("7, List.of()");
    }

    @Test
    void a_future_that_runs_on_while_a_helper_changes_never_stores_under_the_new_key() {
        notebook.value("var gate = new java.util.concurrent.CountDownLatch(1);\n"
                + "var future = submit(() -> { gate.await(); return t(8, List.of()); });");
        notebook.value("int deep(int n) { return n + 2; }");
        notebook.value("gate.countDown(); future.get()");
        assertRight("8, List.of()");
    }

    @Test
    void code_before_a_magic_line_runs_under_the_key_of_what_was_before() {
        notebook.value("System.out.println(t(9, List.of()));\n%time 1 + 1\nint deep(int n) { return n + 2; }");
        assertRight("9, List.of()");
        notebook.value("int deep(int n) { return n + 1; }");
        assertRight("9, List.of()");
    }

    @Test
    void a_constant_of_a_cell_that_failed_before_it_keeps_its_value_in_the_key() {
        notebook.refused("if (true) throw new IllegalStateException();\nstatic final int RATE = 100;");
        assertThat(notebook.value("RATE")).isEqualTo("2");
        assertRight(Mutations.ARGUMENTS);
        notebook.value("static final int RATE = 100;");
        assertRight(Mutations.ARGUMENTS);
    }

    @Test
    void a_constant_made_of_an_older_one_is_not_cached_until_its_cell_runs_again() {
        notebook.value("static final int BASE = 7;");
        assertRight(Mutations.ARGUMENTS);
        assertRight(Mutations.ARGUMENTS);
        assertThat(Integer.getInteger("ran")).isEqualTo(3);
        notebook.value("static final int RATE = BASE + 1;");
        assertRight(Mutations.ARGUMENTS);
        assertRight(Mutations.ARGUMENTS);
        assertThat(Integer.getInteger("ran")).isEqualTo(4);
    }
}
