package io.dagshell.benchmarks;

import io.dagshell.engine.deploy.FlowProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The streamed flow of the main job as a deployment. It finds its libraries in the home it was exported from. */
record ExportedFlow(Path jar, Path home) {
    private static final String FLOW = "notebooks/examples/nyc_taxi_postgres.ipynb:ingestStreamed";

    static ExportedFlow of(Path checkout, Path scratch) throws IOException, InterruptedException {
        Path folder = scratch.resolve("exported");
        Path home = scratch.resolve("exporting");
        WholeProcess.of(
                List.of(
                        checkout.resolve("dagshell").toString(),
                        "deployment",
                        "build",
                        checkout.resolve(FLOW).toString(),
                        "-n",
                        "Benchmark",
                        "-o",
                        folder.toString()),
                Map.of("DAGSHELL_HOME", home.toString()),
                scratch.resolve("export.log"));
        return new ExportedFlow(folder.resolve("flow.jar"), home);
    }

    /** Flags with which an agent bounds what a run holds. */
    static String[] agentsHeap() {
        List<String> flags = new ArrayList<>(FlowProcess.HEAP);
        flags.add(FlowProcess.FIRST_HEAP);
        return flags.toArray(String[]::new);
    }

    /**
     * What runs it, but for its parameters.
     *
     * @param flags of the virtual machine
     */
    List<String> program(String... flags) {
        List<String> program = new ArrayList<>();
        program.add(ProcessHandle.current().info().command().orElse("java"));
        program.addAll(List.of(flags));
        program.addAll(List.of("-jar", jar.toString(), "run"));
        return program;
    }
}
