package io.dagshell.magics;

import io.dagshell.engine.cache.FileResultCache;
import io.dagshell.engine.event.RunEvent;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.value.StandardCodecs;
import io.dagshell.kernel.magic.ShellMagics;
import io.dagshell.kernel.session.CellError;
import io.dagshell.kernel.session.CellOutput;
import io.dagshell.kernel.session.CellRequest;
import io.dagshell.kernel.session.JavaSession;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real session with a real engine and cache, and what its cells showed. */
final class NotebookSessions implements AutoCloseable, RunSink {
    final CellExtension extension = CellExtension.create("etl.ipynb");
    final List<RunEvent> events = new CopyOnWriteArrayList<>();
    final List<String> updates = new CopyOnWriteArrayList<>();
    private final Engine engine;
    private final JavaSession session;
    private int cells;

    private NotebookSessions(Path cache) {
        engine = Engine.builder()
                .definitions(extension.definitions())
                .cache(FileResultCache.open(cache, StandardCodecs.with(), Clock.systemUTC()))
                .sink(this)
                .tee(extension.tee())
                .carrier(extension.carrier())
                .source(extension::source)
                .build();
        extension.use(engine);
        session = JavaSession.open(
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)),
                Engine.class.getClassLoader(),
                List.of(extension, new ShellMagics()));
    }

    static NotebookSessions open(Path cache) {
        return new NotebookSessions(cache);
    }

    @Override
    public void accept(RunEvent event) {
        events.add(event);
    }

    Shown run(String cell) {
        cells++;
        Heard heard = new Heard();
        session.execute(new CellRequest("etl.ipynb[" + cells + "]", cells, cell), heard);
        return new Shown(
                heard.stdout.toString(),
                List.copyOf(heard.displays),
                Optional.ofNullable(heard.result),
                Optional.ofNullable(heard.error));
    }

    /** Runs a cell that must not fail; what it shows. */
    String value(String cell) {
        Shown shown = run(cell);
        shown.error().ifPresent(error -> {
            throw new AssertionError(cell + "\n" + error.name() + ": " + error.message());
        });
        return shown.result().orElse("");
    }

    /** Runs a cell that must fail. */
    CellError refused(String cell) {
        Shown shown = run(cell);
        return shown.error().orElseThrow(() -> new AssertionError("not refused: " + cell));
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }

    record Shown(String stdout, List<String> displays, Optional<String> result, Optional<CellError> error) {}

    private final class Heard implements CellOutput {
        private final StringBuffer stdout = new StringBuffer();
        private final List<String> displays = new CopyOnWriteArrayList<>(new ArrayList<>());
        private @Nullable String result;
        private @Nullable CellError error;

        @Override
        public void stdout(String text) {
            stdout.append(text);
        }

        @Override
        public void stderr(String text) {}

        @Override
        public void display(Map<String, String> bundle, Optional<String> displayId) {
            displays.add(String.valueOf(bundle.get("text/plain")));
        }

        @Override
        public void update(Map<String, String> bundle, String displayId) {
            updates.add(String.valueOf(bundle.get("text/plain")));
        }

        @Override
        public void result(Map<String, String> bundle) {
            result = bundle.get("text/plain");
        }

        @Override
        public void clear(boolean wait) {}

        @Override
        public void error(CellError thrown) {
            error = thrown;
        }
    }
}
