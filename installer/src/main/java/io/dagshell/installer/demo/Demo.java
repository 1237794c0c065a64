package io.dagshell.installer.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.deploy.FlowProcess;
import io.dagshell.engine.home.Home;
import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.Distribution;
import io.dagshell.installer.ExitCode;
import io.dagshell.installer.compose.Deployments;
import io.dagshell.installer.compose.Forced;
import io.dagshell.installer.compose.HeadlessNotebook;
import io.dagshell.runner.LocalState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The reference job as a person would go it: run the notebook, look at the loaded table, export its flow, run the export
 * in a JVM of its own. The block {@code postgres-connector} is the demo's own database, whatever else is set.
 */
public final class Demo {
    private static final BlockName BLOCK = new BlockName("postgres-connector");
    private static final String NOTEBOOK = "nyc_taxi_postgres.ipynb";
    private static final String FLOW = "ingest";
    private static final String TABLE = "yellow_taxi_trips";
    private static final String SAMPLE = "data/yellow_tripdata_2021-01-sample.csv.gz";

    private final Distribution distribution;
    private final Home home;
    private final PrintStream out;

    public Demo(Distribution distribution, Home home, PrintStream out) {
        this.distribution = distribution;
        this.home = home;
        this.out = out;
    }

    /**
     * Runs it; the exit code.
     *
     * @param data value of the notebook's parameter {@code dataset}; otherwise the sample
     */
    public int run(Optional<String> data, boolean keep) throws Exception {
        title("Starting an embedded PostgreSQL");
        try (DemoDatabase database = DemoDatabase.start(home.data().resolve("demo"), keep)) {
            out.println("listening on 127.0.0.1:" + database.port());
            Path notebook = distribution.examples().resolve(NOTEBOOK);
            Map<String, String> settings = settings(database);
            title("Running " + notebook);
            BlockSource binding = binding(settings);
            int code = notebook(notebook, data, binding);
            if (code != ExitCode.DONE.number()) {
                return code;
            }
            title("Asking PostgreSQL");
            out.printf("%s: %,d rows%n", TABLE, DemoTable.rows(binding, BLOCK, TABLE));
            Path folder = home.data().resolve("demo/deployment");
            title("Exporting the flow " + FLOW);
            Deployments.build(notebook, FLOW, "Yellow taxi", folder);
            out.println("written to " + folder);
            title("Running the export in a JVM of its own");
            code = export(folder, data, settings);
            if (code == ExitCode.DONE.number()) {
                title(String.format(
                        Locale.ROOT,
                        "Done: %,d rows in the table %s, loaded by the notebook, then by its export",
                        DemoTable.rows(binding, BLOCK, TABLE),
                        TABLE));
                next(notebook, folder);
            }
            if (keep) {
                kept(database);
            }
            return code;
        }
    }

    private static BlockSource binding(Map<String, String> settings) {
        BlockSettings block = BlockSettings.of("postgres", settings);
        return name -> name.equals(BLOCK) ? Optional.of(block) : Optional.empty();
    }

    private int notebook(Path notebook, Optional<String> data, BlockSource binding) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        data.ifPresent(dataset -> parameters.put("dataset", dataset));
        try (LocalState state = LocalState.open(home, binding, System.getenv())) {
            return HeadlessNotebook.run(notebook, parameters, Optional.empty(), Forced.nothing(), state);
        }
    }

    private int export(Path folder, Optional<String> data, Map<String, String> settings)
            throws IOException, InterruptedException {
        String dataset = data.orElse(distribution.examples().resolve(SAMPLE).toString());
        List<String> shown =
                List.of("java", "-jar", folder.resolve("flow.jar").toString(), "run", "-p", "dataset=" + dataset);
        out.println("$ " + String.join(" ", shown));
        List<String> command = new ArrayList<>(shown);
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(1, FlowProcess.QUIET);
        command.add("--blocks-from-stdin");
        Process child = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, String> block = new LinkedHashMap<>(settings);
        block.put("type", "postgres");
        try (OutputStream pipe = child.getOutputStream()) {
            pipe.write(new ObjectMapper().writeValueAsBytes(Map.of(BLOCK.value(), block)));
        }
        return child.waitFor();
    }

    private static Map<String, String> settings(DemoDatabase database) {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(database.port()),
                "database",
                "postgres",
                "user",
                database.user());
    }

    private void next(Path notebook, Path folder) {
        title("Where to look next");
        out.println("the notebook        " + notebook);
        out.println("  in JupyterLab     ./dagshell install, then jupyter lab " + examples());
        out.println("the exported flow   " + folder.resolve("deployment.yaml") + ": its parameters, to be edited");
        out.println("what ran            ./dagshell runs ls");
        out.println("again, from cache   ./dagshell demo");
        out.println("your own file       ./dagshell demo --data FILE_OR_URL; --keep leaves PostgreSQL running");
    }

    /** In a checkout its own folder: what is built is written over. */
    private Path examples() {
        Path own = Path.of("notebooks", "examples");
        boolean checkout = Files.exists(CallerFolder.resolve(own.resolve(NOTEBOOK)));
        return checkout ? own : distribution.examples();
    }

    private void kept(DemoDatabase database) throws IOException {
        title("PostgreSQL goes on");
        out.println(database.url());
        out.println("stop it with: kill " + database.process().orElse("its process"));
    }

    private void title(String text) {
        out.println();
        out.println("== " + text);
        out.flush();
    }
}
