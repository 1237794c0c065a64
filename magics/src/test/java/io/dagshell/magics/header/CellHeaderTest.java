package io.dagshell.magics.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.model.Policy;
import io.dagshell.engine.model.Policy.CacheRule;
import io.dagshell.engine.model.RetryRule;
import io.dagshell.kernel.session.CellProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CellHeaderTest {

    @Test
    void a_task_header_gives_its_policy() {
        CellHeader header =
                header("%%task retries=3 retryDelay=10s cache=1d timeout=1h30m tags=b,a version=2\nint f()");

        Policy policy = header.policyOf("f", false);
        assertThat(header.kind()).isEqualTo(CellKind.TASK);
        assertThat(policy.title()).isEqualTo("f");
        assertThat(policy.retry().retries()).isEqualTo(3);
        assertThat(policy.retry().waitBefore(1, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.cache()).contains(new CacheRule(Optional.of(Duration.ofDays(1))));
        assertThat(policy.timeout()).contains(Duration.ofMinutes(90));
        assertThat(policy.tags()).containsExactly("a", "b");
        assertThat(policy.version()).contains("2");
        assertThat(policy.effect()).isFalse();
    }

    @Test
    void a_flow_header_gives_a_name_with_blanks_and_a_concurrency() {
        CellHeader header = header("\n  %%flow name=\"ETL parent\" concurrency=2\nlong f()");

        assertThat(header.policyOf("f", true).title()).isEqualTo("ETL parent");
        assertThat(header.policyOf("f", true).concurrency()).isEqualTo(OptionalInt.of(2));
        assertThat(header.policyOf("f", true).effect()).isFalse();
        assertThat(header.line()).isEqualTo(2);
    }

    @Test
    void waits_between_attempts_are_one_a_list_or_doubling() {
        RetryRule listed = header("%%task retryDelay=1s,10s,1m").policy().retry();
        RetryRule doubling = header(
                        "%%flow retries=5 retryDelay=1s..5s retryJitter=20% retryOn=IOException,java.sql.SQLException")
                .policy()
                .retry();

        assertThat(listed.retries()).isEqualTo(3);
        assertThat(waits(listed, 4)).containsExactly(1L, 10L, 60L, 60L);
        assertThat(doubling.jitter()).isEqualTo(0.2);
        assertThat(doubling.on()).containsExactly("IOException", "java.sql.SQLException");
        assertThat(waits(doubling.withJitter(0), 5)).containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    private static List<Long> waits(RetryRule rule, int retries) {
        return IntStream.rangeClosed(1, retries)
                .mapToObj(retry -> rule.waitBefore(retry, 0.5).toSeconds())
                .toList();
    }

    @Test
    void a_flow_limits_tasks_by_tag() {
        assertThat(header("%%flow tagLimits=web:4,db:2").policy().tagLimits()).isEqualTo(Map.of("db", 2, "web", 4));
    }

    @Test
    void a_bare_cache_has_no_age_limit() {
        assertThat(header("%%task cache").policy().cache()).contains(new CacheRule(Optional.empty()));
    }

    @Test
    void a_task_that_returns_nothing_has_an_effect() {
        assertThat(header("%%task").policyOf("f", true).effect()).isTrue();
        assertThat(header("%%task effect").policyOf("f", false).effect()).isTrue();
    }

    @Test
    void other_cells_have_no_header() {
        assertThat(CellHeader.of("int a = 1;")).isEmpty();
        assertThat(CellHeader.of("%%sql\nselect 1")).isEmpty();
        assertThat(CellHeader.of("%%tasks\nselect 1")).isEmpty();
        assertThat(CellHeader.of("int a = b\n%%task\nint f()")).isEmpty();
        assertThat(CellHeader.of("")).isEmpty();
    }

    @Test
    void what_is_not_understood_is_told_with_column_and_accepted_form() {
        refused("%%task retires=3", 8, "unknown option 'retires' of %%task, did you mean 'retries'?");
        refused("%%task CACHE", 8, "unknown option 'CACHE' of %%task, did you mean 'cache'?");
        refused(
                "%%task zzz",
                8, "unknown option 'zzz' of %%task, it has retries, retryDelay, retryJitter, retryOn, cache");
        refused("%%task  retries=x", 17, "'x' is no value of 'retries', which takes a whole number from 0");
        refused("%%task retries=-1", 16, "'-1' is no value of 'retries', which takes a whole number from 0");
        refused("%%task retries", 8, "'retries' needs a value, such as retries=3");
        refused("%%task retries=", 16, "'' is no value of 'retries', which takes retries=3");
        refused("%%task cache=1x", 14, "'1x' is no value of 'cache', which takes a number and a unit");
        refused("%%task cache=0s", 14, "'0s' is no value of 'cache', which takes a number and a unit");
        refused("%%task effect=yes", 14, "'effect' takes no value, write effect");
        refused("%%task retries=1 retries=2", 18, "'retries' is given twice");
        refused("%%task retryDelay=1s", 8, "'retryDelay' needs 'retries'");
        refused("%%task retryOn=IOException", 8, "'retryOn' needs 'retries'");
        refused("%%task retries=3 retryDelay=5m..1s", 29, "'5m..1s' is no value of 'retryDelay', which takes a time");
        refused("%%task retryDelay=1s,,2s", 19, "'1s,,2s' is no value of 'retryDelay', which takes a time");
        refused("%%task retries=3 retryJitter=2", 30, "'2' is no value of 'retryJitter', which takes a percentage");
        refused("%%task retries=3 retryOn=a-b", 26, "'a-b' is no value of 'retryOn', which takes names");
        refused("%%flow tagLimits=db:0", 18, "'db:0' is no value of 'tagLimits', which takes tags and numbers");
        refused("%%task tags=a,,b", 13, "'a,,b' is no value of 'tags', which takes words joined by commas");
        refused("%%task name=\"open", 13, "the quote of 'name' is not closed");
        refused("%%task concurrency=2", 8, "'concurrency' is no option of %%task, only of %%flow");
        refused("%%flow cache", 8, "'cache' is no option of %%flow, only of %%task");
        refused("%%flow concurrency=0", 20, "'0' is no value of 'concurrency', which takes a whole number from 1");
        refused("%%params year", 10, "%%params takes no options");
    }

    @Test
    void an_effect_is_never_cached() {
        refused("%%task effect cache=1d", 15, "a task with effect changes the world and is never skipped");
        refused("%%task cache effect", 14, "a task with effect changes the world and is never skipped");
    }

    @Test
    void a_problem_in_a_header_below_blank_lines_names_its_line() {
        assertThatThrownBy(() -> CellHeader.of("\n\n%%task oops\n"))
                .isInstanceOfSatisfying(
                        CellProblem.class, problem -> assertThat(problem.line()).isEqualTo(3));
    }

    @Property(tries = 300)
    void any_text_is_understood_or_refused_within_the_line(@ForAll String options) {
        String cell = "%%task " + options.replace('\n', ' ');
        try {
            CellHeader.of(cell);
        } catch (CellProblem problem) {
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.column()).isBetween(1, cell.length() + 1);
        }
    }

    private static CellHeader header(String cell) {
        return CellHeader.of(cell).orElseThrow();
    }

    private static void refused(String cell, int column, String message) {
        assertThatThrownBy(() -> CellHeader.of(cell)).isInstanceOfSatisfying(CellProblem.class, problem -> {
            assertThat(problem.getMessage()).startsWith(message);
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.column()).isEqualTo(column);
        });
    }
}
