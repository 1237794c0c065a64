package io.dagshell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.engine.event.RunEvent.ApprovalAnswered;
import io.dagshell.engine.event.RunEvent.ApprovalAsked;
import io.dagshell.engine.event.RunEvent.ArtifactRecorded;
import io.dagshell.engine.event.RunEvent.CacheConsulted;
import io.dagshell.engine.event.RunEvent.CacheOutcome;
import io.dagshell.engine.event.RunEvent.KeyRecorded;
import io.dagshell.engine.event.RunEvent.LogLine;
import io.dagshell.engine.event.RunEvent.Progressed;
import io.dagshell.engine.event.RunEvent.ResultDescribed;
import io.dagshell.engine.event.RunEvent.RunFinished;
import io.dagshell.engine.event.RunEvent.RunStarted;
import io.dagshell.engine.event.RunEvent.TaskCreated;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunEvent.TaskStateChanged;
import io.dagshell.engine.model.CallPath;
import io.dagshell.engine.model.KeyPart;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.view.MimeBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventJsonTest {

    @Property(tries = 3_000)
    void every_event_is_read_as_it_was_written(@ForAll("events") RunEvent event) {
        String json = EventJson.write(event);

        assertThat(EventJson.read(json)).isEqualTo(event);
        assertThat(json).doesNotContain("\n", "\r");
        assertThat(OutboxLine.json(OutboxLine.of(json))).contains(json);
    }

    @Property(tries = 300)
    void a_line_that_was_not_written_whole_is_noticed(@ForAll("events") RunEvent event, @ForAll int cut) {
        String line = OutboxLine.of(EventJson.write(event));

        assertThat(OutboxLine.json(line.substring(0, Math.floorMod(cut, line.length()))))
                .isEmpty();
    }

    @Example
    void each_kind_of_event_is_among_those_that_were_tried() {
        Set<Class<?>> seen = ConcurrentHashMap.newKeySet();
        events().sampleStream().limit(2_000).forEach(event -> seen.add(event.getClass()));

        assertThat(seen).containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
    }

    @Example
    void what_is_no_event_is_told() {
        assertThatThrownBy(() -> EventJson.read("{\"event\":\"Other\"")).hasMessageContaining("no JSON");
        assertThatThrownBy(() -> EventJson.read("{\"event\":\"LogLine\"}")).hasMessageContaining("no 'run'");
        assertThatThrownBy(() -> EventJson.read(
                        "{\"run\":\"" + UUID.randomUUID() + "\",\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"Other\"}"))
                .hasMessageContaining("no event 'Other'");
    }

    @Provide
    Arbitrary<RunEvent> events() {
        return Arbitraries.oneOf(
                started(),
                created(),
                Combinators.combine(run(), at(), ordinal(), Arbitraries.of(State.class), ordinal(), optional(text()))
                        .as(TaskStateChanged::new),
                consulted(),
                Combinators.combine(
                                run(), at(), ordinal(), name(), part().list().ofMaxSize(3))
                        .as(KeyRecorded::new),
                Combinators.combine(run(), at(), ordinal(), text(), text(), Arbitraries.of(true, false))
                        .as(LogLine::new),
                Combinators.combine(run(), at(), ordinal(), Arbitraries.longs(), total(), text())
                        .as(Progressed::new),
                Combinators.combine(run(), at(), ordinal(), text(), text(), content())
                        .as(ArtifactRecorded::new),
                Combinators.combine(run(), at(), ordinal(), text()).as(ResultDescribed::new),
                Combinators.combine(
                                run(),
                                at(),
                                ordinal(),
                                text(),
                                text(),
                                Arbitraries.of(FailureKind.class),
                                text(),
                                text())
                        .as(TaskFailed::new),
                Combinators.combine(run(), at(), ordinal(), text(), text(), optional(at()))
                        .as((run, at, ordinal, question, form, until) ->
                                new ApprovalAsked(run, at, ordinal, new CallPath("etl/1"), question, form, until)),
                Combinators.combine(run(), at(), ordinal(), text(), Arbitraries.of(true, false), text(), text(), text())
                        .as((run, at, ordinal, question, approved, values, by, reason) -> new ApprovalAnswered(
                                run, at, ordinal, new CallPath("etl/1"), question, approved, values, by, reason)),
                Combinators.combine(run(), at(), Arbitraries.of(State.class), optional(text()))
                        .as(RunFinished::new));
    }

    private static Arbitrary<RunEvent> started() {
        return Combinators.combine(
                        run(), at(), name(), Arbitraries.of(Kind.class), text(), text(), text(), optional(run()))
                .as((run, at, flow, kind, title, parameters, source, resumes) ->
                        new RunStarted(run, at, flow, kind, title, parameters, "deployed", source, resumes));
    }

    private static Arbitrary<RunEvent> created() {
        return Combinators.combine(
                        run(),
                        at(),
                        ordinal(),
                        name(),
                        Arbitraries.of(Kind.class),
                        text(),
                        ordinal(),
                        ordinal().list())
                .as((run, at, ordinal, task, kind, path, parent, upstream) -> new TaskCreated(
                        run,
                        at,
                        ordinal,
                        task,
                        kind,
                        new CallPath(path),
                        parent % 2 == 0 ? OptionalInt.of(parent) : OptionalInt.empty(),
                        upstream));
    }

    private static Arbitrary<RunEvent> consulted() {
        Arbitrary<Duration> times = Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Duration::ofSeconds);
        return Combinators.combine(
                        run(),
                        at(),
                        ordinal(),
                        Arbitraries.of(CacheOutcome.class),
                        text(),
                        optional(text()),
                        optional(times),
                        optional(times))
                .as(CacheConsulted::new);
    }

    private static Arbitrary<KeyPart> part() {
        return Combinators.combine(text(), text(), text(), optional(text()), ordinal())
                .as((kind, name, digest, shown, cell) -> new KeyPart(
                        kind, name, digest, shown, cell % 2 == 0 ? OptionalInt.of(cell) : OptionalInt.empty()));
    }

    private static Arbitrary<RunId> run() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new RunId(new UUID(high, low)));
    }

    private static Arbitrary<Instant> at() {
        return Combinators.combine(
                        Arbitraries.longs().between(-1L << 40, 1L << 40),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    private static Arbitrary<Integer> ordinal() {
        return Arbitraries.integers().greaterOrEqual(0);
    }

    private static Arbitrary<TaskName> name() {
        return Arbitraries.of("ingest", "größe", "_x1", "$").map(TaskName::new);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(30);
    }

    /** Half a character has no UTF-8. */
    private static char[] surrogates() {
        char[] halves = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return halves;
    }

    private static Arbitrary<OptionalLong> total() {
        return optional(Arbitraries.longs())
                .map(value -> value.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static Arbitrary<MimeBundle> content() {
        return Arbitraries.maps(text(), text()).ofMaxSize(3).map((Map<String, String> map) -> new MimeBundle(map));
    }

    private static <T> Arbitrary<Optional<T>> optional(Arbitrary<T> values) {
        return values.optional();
    }
}
