package io.dagshell.runner;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.engine.deploy.RunProcess;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.loading.UserLoader;
import io.dagshell.engine.parameter.ParameterException;
import io.dagshell.engine.parameter.ScheduledText;
import io.dagshell.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** What {@code java -jar flow.jar run} comes to, once the libraries are there. Called by name from the bootstrap. */
public final class RunnerMain {
    private RunnerMain() {}

    /**
     * Runs the flow of a jar with the values of the {@code deployment.yaml} beside it.
     *
     * @param flowJar holds {@code flow.json} and the slice
     * @param userJars libraries the notebook declared
     * @return the process's exit code
     */
    public static int run(Path flowJar, List<Path> userJars, String[] arguments) {
        boolean child = Arrays.asList(arguments).contains("--order");
        RunStreams streams = child ? RunStreams.ofChild() : RunStreams.ofProcess();
        try {
            RunArguments given = RunArguments.parse(arguments);
            if (given.help()) {
                streams.out().print(RunArguments.USAGE);
                return ExitCode.DONE;
            }
            return given.order().isPresent()
                    ? runOrdered(flowJar, userJars, given, streams)
                    : run(flowJar, userJars, given, streams);
        } catch (BadInput wrong) {
            streams.err().println(wrong.getMessage());
            return ExitCode.BAD_INPUT;
        } catch (IOException | StoreException unreachable) {
            streams.err().println(unreachable.getMessage());
            return ExitCode.UNREACHABLE;
        }
    }

    private static int run(Path flowJar, List<Path> userJars, RunArguments given, RunStreams streams)
            throws IOException {
        FlowManifest manifest = manifest(flowJar);
        ProcessSettings.apply(manifest.zone(), System.getenv());
        Map<String, String> parameters = new LinkedHashMap<>();
        // One instant for the parameters and for scheduledTime(): two could be of two days.
        Instant due = given.due().orElseGet(Instant::now);
        if (given.resumes().isEmpty()) {
            parameters.putAll(edited(flowJar, due, given.dueZone().orElseGet(ZoneId::systemDefault)));
        }
        given.parameters()
                .forEach((name, text) -> parameters.put(
                        name,
                        given.dueZone()
                                .map(zone -> filled("-p", name, text, due, zone))
                                .orElse(text)));
        List<Path> declared = new ArrayList<>(userJars);
        declared.add(flowJar);
        ClassLoader product = RunnerMain.class.getClassLoader();
        try (UserLoader loader = new UserLoader(declared, product);
                LocalState state = LocalState.open(home(given), bindings(given), System.getenv())) {
            DeployedFlow flow = DeployedFlow.open(manifest, loader);
            RunnerSettings settings = RunnerSettings.telling(state, streams)
                    .withRefresh(given.refresh())
                    .withVerify(given.verify())
                    .withDue(Optional.of(due))
                    .withResumes(given.resumes());
            return flow.run(parameters, settings);
        }
    }

    /** An agent has started this process: it tells nobody but the outbox. */
    private static int runOrdered(Path flowJar, List<Path> userJars, RunArguments given, RunStreams streams)
            throws IOException {
        RunOrder order = RunOrder.read(given.order().orElseThrow());
        if (!RunProcess.begin(order.folder())) {
            throw new IOException("The agent gave this run up before its process began; nothing was done.");
        }
        FlowManifest manifest = manifest(flowJar);
        ProcessSettings.apply(manifest.zone(), System.getenv());
        ClassLoader product = RunnerMain.class.getClassLoader();
        List<Path> declared = new ArrayList<>(userJars);
        declared.add(flowJar);
        try (UserLoader loader = new UserLoader(declared, product);
                Outbox outbox = Outbox.open(order.folder(), streams.err()::println);
                LocalState state =
                        LocalState.telling(outbox, home(given), new OrderedBlocks(bindings(given)), System.getenv())) {
            RunnerSettings settings = RunnerSettings.telling(state, streams)
                    .withDisplay(RunSink.none())
                    .withOrder(order);
            return DeployedFlow.open(manifest, loader).run(Map.of(), settings);
        }
    }

    /** A run started by hand is due when it starts. */
    private static Map<String, String> edited(Path flowJar, Instant due, ZoneId zone) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Optional<byte[]> carried = file(flowJar, BundleJar.PAGE);
        Path yaml = carried.isPresent() ? flowJar.resolve(BundleJar.PAGE) : flowJar.resolveSibling(BundleJar.PAGE);
        Map<String, String> read = carried.isPresent()
                ? DeploymentParameters.read(yaml, new String(carried.get(), StandardCharsets.UTF_8))
                : DeploymentParameters.read(yaml);
        read.forEach((name, text) -> texts.put(name, filled(yaml + ", parameter", name, text, due, zone)));
        return texts;
    }

    private static String filled(String where, String name, String text, Instant due, ZoneId zone) {
        try {
            return ScheduledText.resolve(text, due, zone);
        } catch (ParameterException unknown) {
            throw new BadInput(where + " " + name + ": " + unknown.getMessage() + ".", unknown);
        }
    }

    private static BlockSource bindings(RunArguments given) throws IOException {
        return given.blocksFromInput() ? PipedBlocks.read(System.in) : BlockSource.none();
    }

    private static Home home(RunArguments given) {
        return given.home()
                .map(folder -> new Home(folder, folder.resolve("cache")))
                .orElseGet(Home::ofEnvironment);
    }

    private static FlowManifest manifest(Path flowJar) throws IOException {
        return ManifestJson.read(file(flowJar, "flow.json")
                .orElseThrow(() -> new IOException(flowJar + " has no flow.json; build the deployment again.")));
    }

    private static Optional<byte[]> file(Path flowJar, String name) throws IOException {
        try (JarFile jar = new JarFile(flowJar.toFile())) {
            ZipEntry entry = jar.getEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return Optional.of(in.readAllBytes());
            }
        }
    }
}
