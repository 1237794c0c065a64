package io.dagshell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KeyRowsTest {
    private final List<String> statements = new ArrayList<>();
    private long nanos;

    private int partsWritten(KeyRows rows) throws Exception {
        statements.clear();
        KeyPart part = new KeyPart("helper", "clean", "aa", Optional.empty(), OptionalInt.of(2));
        Instant now = Instant.EPOCH;
        rows.write(new KeyRecorded(RunId.create(now), now, 0, new TaskName("fetch"), List.of(part)));
        return (int)
                statements.stream().filter(each -> each.contains("key_parts")).count();
    }

    @Test
    void a_set_of_parts_is_written_once_until_another_process_may_have_deleted_it() throws Exception {
        KeyRows rows = new KeyRows((sql, values) -> statements.add(sql), () -> nanos);

        assertThat(partsWritten(rows)).isOne();
        assertThat(partsWritten(rows)).isZero();
        nanos = Duration.ofDays(1).toNanos();
        assertThat(partsWritten(rows)).isOne();
    }
}
