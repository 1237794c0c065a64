package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expiry was ignored where a result was still in memory (Prefect #20988). Here is one path, whoever asks. */
final class AgeTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final Tick clock = new Tick();
    private final Asking daily = Asking.task("daily").maxAge(DAY);

    private FileResultCache open() {
        return FileResultCache.open(
                folder,
                StandardCodecs.with(),
                clock,
                CacheSettings.defaults().withEnvironment(() -> SharedWork.ENVIRONMENT));
    }

    @ParameterizedTest(name = "asked in another session: {0}")
    @ValueSource(booleans = {false, true})
    void a_result_is_good_to_the_last_instant_of_its_age_and_not_one_nanosecond_longer(boolean another) {
        FileResultCache storing = open();
        daily.computed(storing, "old");
        FileResultCache asked = another ? open() : storing;

        clock.forward(DAY);
        assertThat(daily.hit(asked).value()).isEqualTo("old");

        clock.forward(Duration.ofNanos(1));
        assertThat(daily.computed(asked, "new")).startsWith("expired");
    }

    @Test
    void a_hit_does_not_make_a_result_younger() {
        FileResultCache cache = open();
        daily.computed(cache, "old");
        for (int i = 0; i < 3; i++) {
            clock.forward(DAY.dividedBy(3));
            daily.hit(cache);
        }

        clock.forward(Duration.ofSeconds(1));

        assertThat(daily.computed(cache, "new")).startsWith("expired");
    }

    @Test
    void after_the_clock_was_set_back_a_result_with_an_age_is_computed_anew() {
        daily.computed(open(), "of the future");

        clock.forward(DAY.multipliedBy(-400));

        assertThat(daily.computed(open(), "now")).isEqualTo("stored at a time to come: a clock was set back");
        assertThat(daily.hit(open()).value()).isEqualTo("now");
    }

    @Test
    void clocks_that_differ_by_seconds_and_tasks_without_an_age_are_not_disturbed() {
        Asking ageless = Asking.task("ageless");
        daily.computed(open(), "x");
        ageless.computed(open(), "y");

        clock.forward(Duration.ofSeconds(-30));
        daily.hit(open());

        clock.forward(DAY.multipliedBy(-400));
        ageless.hit(open());
    }

    @Test
    void the_folder_is_tidied_though_the_clock_was_set_back() throws IOException {
        daily.computed(open(), "x");
        Path draft = Files.writeString(folder.resolve("tmp/left"), "");
        Files.setLastModifiedTime(draft, FileTime.from(Instant.EPOCH));
        clock.forward(DAY.multipliedBy(-400));

        Asking.task("other").computed(open(), "y");

        assertThat(draft).doesNotExist();
    }
}
