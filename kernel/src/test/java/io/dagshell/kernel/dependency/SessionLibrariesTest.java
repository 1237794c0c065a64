package io.dagshell.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.CellResult;
import io.dagshell.kernel.session.JavaSession;
import io.dagshell.kernel.session.KernelExtension.Suggestion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that declare libraries, in a session. */
class SessionLibrariesTest {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Libraries libraries;
    private DependencyExtension extension;
    private JavaSession session;
    private final Said said = new Said();
    private int number;

    @BeforeEach
    void open() {
        repository = new TestRepository(folder).jar("g", "a", "1").jar("g", "b", "2");
        open(repository.settings());
    }

    private void open(Path settings) {
        libraries = repository.libraries(settings);
        extension = new DependencyExtension(libraries);
        session = JavaSession.open(List.of(), ClassLoader.getPlatformClassLoader(), List.of(extension));
    }

    @AfterEach
    void close() {
        session.close();
        libraries.close();
    }

    private CellResult run(String cell) {
        number++;
        said.text.setLength(0);
        return session.execute(new CellRequest("[" + number + "]", number, cell), said);
    }

    private String must(String cell) {
        assertThat(run(cell)).as(cell + "\n" + said.text).isInstanceOf(CellResult.Done.class);
        return said.text.toString();
    }

    private String mustFail(String cell) {
        assertThat(run(cell)).isInstanceOf(CellResult.Failed.class);
        return said.text.toString();
    }

    @Test
    void a_cell_uses_what_its_own_first_lines_declare() {
        assertThat(must("%maven g:a:1\nimport lib.a;\na.version()"))
                .contains("g:a:1: 1 jar")
                .contains("= 1");
        assertThat(must("//DEPS g:b:2\nlib.b.version() + a.version()")).contains("= 21");
        assertThat(must("%maven")).contains("g:a:1\ng:b:2");
    }

    @Test
    void nothing_of_a_cell_runs_when_what_it_declares_cannot_be_had() {
        String error = mustFail("System.out.println(\"ran\");\n%maven g:nothing:1");

        assertThat(error).contains("[1]:2:1: there is no g:nothing:1").doesNotContain("out: ran");
    }

    @Test
    void java_above_and_below_a_declaration_is_checked_as_one() {
        String error = mustFail("System.out.println(\"ran\");\n%maven g:a:1\nlib.a.missing();");

        assertThat(error).contains("[1]:3:6").doesNotContain("out: ran");
        assertThat(must("lib.a.version()")).contains("= 1");
    }

    @Test
    void an_interrupt_ends_a_cell_that_waits_for_a_download() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/", exchange -> {
            asked.countDown();
            await(release);
            exchange.close();
        });
        slow.start();
        close();
        open(repository.settings("<mirrors><mirror><id>slow</id><mirrorOf>*</mirrorOf><url>http://127.0.0.1:"
                + slow.getAddress().getPort() + "/</url></mirror></mirrors>"));
        try {
            CompletableFuture<CellResult> running = CompletableFuture.supplyAsync(() -> run("%maven g:a:1"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            session.interrupt();
            assertThat(running).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(CellResult.Interrupted.class);
        } finally {
            release.countDown();
            slow.stop(0);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody released it");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void coordinates_of_the_local_repository_complete() {
        must("%maven g:a:1 g:b:2");

        assertThat(texts("%maven g:")).containsExactly("g:a:", "g:b:");
        assertThat(texts("int x;\n%maven g:b:")).containsExactly("g:b:2");
        assertThat(texts("//DEPS a")).containsExactly("g:a:");
        assertThat(texts("int a")).isEmpty();
    }

    private List<String> texts(String text) {
        return extension.complete(text, text.length()).stream()
                .map(Suggestion::text)
                .toList();
    }

    /** Keeps what was said, a line per thing. Thread-safe. */
    private static final class Said implements CellOutput {
        private final StringBuffer text = new StringBuffer();

        @Override
        public void stdout(String printed) {
            text.append("out: ").append(printed);
        }

        @Override
        public void stderr(String printed) {
            text.append("err: ").append(printed);
        }

        @Override
        public void display(Map<String, String> bundle, Optional<String> displayId) {
            text.append(bundle.get("text/plain")).append('\n');
        }

        @Override
        public void update(Map<String, String> bundle, String displayId) {
            text.append(bundle.get("text/plain")).append('\n');
        }

        @Override
        public void result(Map<String, String> bundle) {
            text.append("= ").append(bundle.get("text/plain")).append('\n');
        }

        @Override
        public void clear(boolean wait) {}

        @Override
        public void error(CellError error) {
            text.append(String.join("\n", error.traceback()));
        }
    }
}
