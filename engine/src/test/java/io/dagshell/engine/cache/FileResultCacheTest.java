package io.dagshell.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.model.CodeIdentity;
import io.dagshell.engine.value.StandardCodecs;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileResultCacheTest {
    @TempDir
    Path folder;

    private final Tick clock = new Tick();
    private final AtomicReference<Environment> environment = new AtomicReference<>(SharedWork.ENVIRONMENT);
    private FileResultCache cache;

    @BeforeEach
    void openIt() {
        cache = open(UnaryOperator.identity());
    }

    private FileResultCache open(UnaryOperator<CacheSettings> change) {
        CacheSettings settings =
                CacheSettings.defaults().withValidators(List.of()).withEnvironment(environment::get);
        return FileResultCache.open(folder.resolve("results"), StandardCodecs.with(), clock, change.apply(settings));
    }

    @Test
    void a_result_is_found_again_by_another_session_with_its_time_and_log() {
        Asking fetch = Asking.task("fetch").argument("month", int.class, 1);
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) fetch.in(cache);
        try (ResultCache.Ticket ticket = compute.ticket()) {
            assertThat(ticket.store(
                            "january", Duration.ofSeconds(12), List.of(new ResultCache.Line("INFO", "31 days \uD83D"))))
                    .isEmpty();
        }
        clock.forward(Duration.ofHours(1));

        ResultCache.Answer.Hit hit = fetch.hit(open(UnaryOperator.identity()));

        assertThat(hit.value()).isEqualTo("january");
        assertThat(hit.saved()).isEqualTo(Duration.ofSeconds(12));
        assertThat(hit.storedAt()).isEqualTo(clock.instant().minus(Duration.ofHours(1)));
        assertThat(hit.key()).isEqualTo(compute.key());
        assertThat(hit.lines()).containsExactly(new ResultCache.Line("INFO", "31 days ?"));
    }

    @Test
    void null_is_a_result_and_a_task_without_result_has_one_too() {
        Asking nothing = Asking.task("nothing").returning(void.class);
        Asking missing = Asking.task("missing").returning(Integer.class);
        nothing.computed(cache, null);
        missing.computed(cache, null);

        assertThat(nothing.hit(cache).value()).isNull();
        assertThat(missing.hit(cache).value()).isNull();
    }

    @Test
    void a_miss_says_what_is_new_in_the_users_words() {
        CodeIdentity.CodePart task = Asking.part("task", "fetch", "1");
        Asking fetch = Asking.task("fetch")
                .code(task, Asking.part("helper", "datasetUri(int)", "1"), Asking.part("library", "g:a:1", "1"))
                .argument("month", int.class, 1)
                .argument("tags", String[].class, new String[] {"a"});

        assertThat(fetch.computed(cache, "x")).isEqualTo("first run");
        assertThat(fetch.argument("month", int.class, 2).computed(cache, "x")).isEqualTo("argument month 1 → 2");
        assertThat(fetch.argument("tags", String[].class, new String[] {"b"}).computed(cache, "x"))
                .isEqualTo("argument tags changed");
        assertThat(fetch.code(task, Asking.part("helper", "datasetUri(int)", "2"), Asking.part("library", "g:a:1", "1"))
                        .computed(cache, "x"))
                .isEqualTo("helper datasetUri(int) changed");
        assertThat(fetch.code(task, Asking.part("library", "g:a:1", "1")).computed(cache, "x"))
                .isEqualTo("helper datasetUri(int) removed");
        assertThat(fetch.version("2").computed(cache, "x")).isEqualTo("version 2");
        assertThat(fetch.version("3").computed(cache, "x")).isEqualTo("version 2 → 3");
        assertThat(fetch.refreshed().computed(cache, "y")).isEqualTo("refresh");
        assertThat(fetch.hit(cache).value()).isEqualTo("y");
        assertThat(Asking.task("other").computed(cache, "x")).isEqualTo("first run");
    }

    @Test
    void the_reason_is_found_by_another_session_too() {
        Asking fetch = Asking.task("fetch").argument("month", int.class, 1);
        fetch.computed(cache, "x");

        FileResultCache another = open(UnaryOperator.identity());

        assertThat(fetch.argument("month", int.class, 2).computed(another, "x")).isEqualTo("argument month 1 → 2");
    }

    @Test
    void everything_a_result_depends_on_is_in_the_key() {
        Asking fetch = Asking.task("fetch").argument("month", int.class, 1);
        fetch.computed(cache, "x");

        environment.updateAndGet(now -> new Environment(99, now.zone(), now.locale(), now.charset()));
        assertThat(fetch.computed(cache, "x")).contains("→ 99");
        environment.updateAndGet(now -> new Environment(99, ZoneId.of("Asia/Tokyo"), now.locale(), now.charset()));
        assertThat(fetch.computed(cache, "x")).contains("zone Asia/Tokyo");
        environment.updateAndGet(now -> new Environment(99, now.zone(), Locale.GERMANY, now.charset()));
        assertThat(fetch.computed(cache, "x")).contains("locale");
        environment.updateAndGet(
                now -> new Environment(99, now.zone(), Locale.GERMANY, Locale.FRANCE, Locale.GERMANY, now.charset()));
        assertThat(fetch.computed(cache, "x")).isEqualTo("format locale fr-FR");
        environment.updateAndGet(
                now -> new Environment(99, now.zone(), Locale.GERMANY, Locale.FRANCE, Locale.ITALY, now.charset()));
        assertThat(fetch.computed(cache, "x")).isEqualTo("display locale it-IT");
        FileResultCache newer = open(each -> each.withFacades(List.of(new FacadeVersion("Tables", "2"))));
        assertThat(fetch.computed(newer, "x")).isEqualTo("facade Tables 2");
        assertThat(fetch.argument("month", long.class, 1L).computed(cache, "x")).isEqualTo("type of month int → long");
        assertThat(fetch.returning(Object[].class).refused(cache)).isEqualTo("no codec for Object");
        assertThat(fetch.returning(String[].class).computed(cache, new String[0]))
                .isEqualTo("result type String → String[]");
    }

    @Test
    void what_cannot_be_cached_says_why() {
        Asking fetch = Asking.task("fetch");

        assertThat(fetch.cache(Optional.empty()).refused(cache)).isEqualTo("not asked for");
        assertThat(fetch.withEffect().refused(cache)).isEqualTo("effect");
        assertThat(fetch.with(new CodeIdentity.Unknown("clean was redefined meanwhile"))
                        .refused(cache))
                .isEqualTo("clean was redefined meanwhile");
        assertThat(fetch.argument("socket", Socket.class, null).refused(cache)).isEqualTo("stream");
        assertThat(fetch.argument("thread", Thread.class, null).refused(cache)).isEqualTo("no codec for Thread");
        assertThat(fetch.returning(InputStream.class).refused(cache)).isEqualTo("stream");
    }

    @Test
    void a_value_that_is_not_what_its_type_says_is_not_stored_and_the_next_call_computes() {
        Asking numbers = Asking.task("numbers").returning(Integer.class);
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) numbers.in(cache);
        try (ResultCache.Ticket ticket = compute.ticket()) {
            assertThat(ticket.store("one", Duration.ZERO, List.of())).contains("a String where Integer is declared");
        }

        assertThat(numbers.computed(cache, 1)).isEqualTo("first run");
    }

    @Test
    void a_result_older_than_the_age_asked_for_is_a_miss() {
        Asking fetch = Asking.task("fetch").maxAge(Duration.ofHours(1));
        fetch.computed(cache, "old");
        clock.forward(Duration.ofHours(1));
        assertThat(fetch.hit(cache).value()).isEqualTo("old");

        clock.forward(Duration.ofHours(2));

        assertThat(fetch.computed(cache, "new")).isEqualTo("expired, stored 3 h ago");
        assertThat(fetch.hit(cache).value()).isEqualTo("new");
        clock.forward(Duration.ofHours(3));
        assertThat(fetch.cache(Asking.task("fetch").cache()).hit(cache).value()).isEqualTo("new");
    }

    @Test
    void a_ticket_closed_without_result_leaves_nothing() {
        Asking fetch = Asking.task("fetch");
        ((ResultCache.Answer.Compute) fetch.in(cache)).ticket().close();

        assertThat(fetch.computed(cache, "x")).isEqualTo("first run");
    }

    @Test
    void a_changed_file_is_a_miss_and_a_touched_one_is_not() throws IOException {
        Path file = Files.writeString(folder.resolve("trips.csv"), "a");
        Asking byPath = Asking.task("fetch").argument("file", Path.class, file);
        Asking byAddress = Asking.task("fetchUri").argument("file", URI.class, file.toUri());
        byPath.computed(cache, "1");
        byAddress.computed(cache, "1");

        Files.writeString(file, "a");
        assertThat(byPath.hit(cache).value()).isEqualTo("1");
        assertThat(byAddress.hit(cache).value()).isEqualTo("1");

        Files.writeString(file, "b");
        assertThat(byPath.computed(cache, "2")).isEqualTo("argument file " + file + " changed");
        byAddress.computed(cache, "2");
    }

    @Test
    void a_file_that_changes_under_the_task_is_not_stored() throws IOException {
        Path file = Files.writeString(folder.resolve("trips.csv"), "a");
        Asking fetch = Asking.task("fetch").argument("file", Path.class, file);
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) fetch.in(cache);
        Files.writeString(file, "b");

        try (ResultCache.Ticket ticket = compute.ticket()) {
            assertThat(ticket.store("x", Duration.ZERO, List.of()))
                    .contains("file trips.csv changed while the task ran");
        }
        Files.writeString(file, "a");
        assertThat(fetch.computed(cache, "y")).isEqualTo("first run");
    }

    @Test
    void a_returned_file_comes_back_read_only_though_the_original_is_gone() throws IOException {
        Path file = Files.writeString(folder.resolve("report.txt"), "done");
        Asking report = Asking.task("report").returning(Path.class);
        report.computed(cache, file);
        Files.delete(file);

        Path back = (Path) Objects.requireNonNull(report.hit(cache).value());

        assertThat(back).hasFileName("report.txt").hasContent("done");
        assertThat(back.toFile().setWritable(true)).isTrue();
        Files.writeString(back, "tampered");
        assertThat((Path) report.hit(cache).value()).hasContent("done");
    }

    @Test
    void a_secret_counts_by_its_version_and_a_connection_not_at_all() {
        Asking fetch = Asking.task("fetch").using("api-token", "warehouse");
        AtomicLong version = new AtomicLong(1);
        FileResultCache withBlocks = open(each -> each.withBlocks(name -> Optional.of(new BlockSettings(
                name.value().equals("api-token") ? "secret" : "postgres",
                new TreeMap<>(Map.of("value", "x")),
                version.get()))));
        fetch.computed(withBlocks, "x");
        fetch.hit(withBlocks);

        version.set(2);

        assertThat(fetch.computed(withBlocks, "y")).isEqualTo("secret api-token version 1 → version 2");
    }

    record Chain(@Nullable Chain next) {
        static Chain of(int length) {
            Chain chain = new Chain(null);
            for (int i = 1; i < length; i++) {
                chain = new Chain(chain);
            }
            return chain;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 200_000})
    void a_value_nested_too_deeply_to_be_read_again_is_not_stored(int depth) {
        Asking chain = Asking.task("chain").returning(Chain.class);
        chain.computed(cache, Chain.of(300));
        assertThat(chain.hit(cache).value()).isEqualTo(Chain.of(300));
        ResultCache.Answer.Compute compute =
                (ResultCache.Answer.Compute) chain.refreshed().in(cache);

        Optional<String> trouble = compute.ticket().store(Chain.of(depth), Duration.ZERO, List.of());

        compute.ticket().close();
        assertThat(trouble.orElseThrow()).contains("nest");
    }

    @Test
    void a_returned_folder_is_not_kept() {
        Asking folders = Asking.task("folders").returning(Path.class);
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) folders.in(cache);

        assertThat(compute.ticket().store(folder, Duration.ZERO, List.of()))
                .contains("no codec for a folder: return its files");

        compute.ticket().close();
    }

    @Test
    void results_can_be_listed_and_removed() throws IOException {
        Asking january = Asking.task("fetch").argument("month", int.class, 1);
        january.computed(cache, "x".repeat(100_000));
        clock.forward(Duration.ofMinutes(1));
        Asking.task("clean").computed(cache, "y");

        List<StoredResult> results = cache.results();

        assertThat(results).extracting(StoredResult::task).containsExactly("clean", "fetch");
        assertThat(results.get(1).bytes()).isGreaterThan(100_000);
        assertThat(cache.remove(results.get(1))).isTrue();
        assertThat(cache.remove(results.get(1))).isFalse();
        assertThat(january.computed(cache, "x")).isEqualTo("stored result was removed");
    }

    @Test
    void an_interrupt_harms_nothing_that_is_stored() {
        Asking fetch = Asking.task("fetch").returning(byte[].class);
        fetch.computed(cache, new byte[3_000_000]);
        Thread.currentThread().interrupt();

        fetch.hit(open(UnaryOperator.identity()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.resolve("results/quarantine")).doesNotExist();
    }

    @Test
    void an_interrupt_while_storing_is_said_in_words_and_leaves_nothing() {
        Asking fetch = Asking.task("fetch").returning(byte[].class);
        ResultCache.Answer.Compute compute = (ResultCache.Answer.Compute) fetch.in(cache);
        Thread.currentThread().interrupt();

        Optional<String> trouble = compute.ticket().store(new byte[3_000_000], Duration.ZERO, List.of());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(trouble).contains("interrupted while it was written");
        assertThat(folder.resolve("results/tmp")).isEmptyDirectory();
        compute.ticket().close();
        assertThat(fetch.computed(cache, new byte[1])).isEqualTo("first run");
    }

    @Test
    void the_folder_may_be_a_link_to_a_larger_disk() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Files.createSymbolicLink(folder.resolve("results"), disk);
        Asking fetch = Asking.task("fetch").returning(byte[].class);

        fetch.computed(cache, new byte[100_000]);

        assertThat(fetch.hit(open(UnaryOperator.identity())).value()).isEqualTo(new byte[100_000]);
        assertThat(cache.results()).hasSize(1);
    }
}
