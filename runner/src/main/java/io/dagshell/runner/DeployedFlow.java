package io.dagshell.runner;

import io.dagshell.engine.Work;
import io.dagshell.engine.approval.AskedAtTerminal;
import io.dagshell.engine.cache.Refresh;
import io.dagshell.engine.cache.ResultCache;
import io.dagshell.engine.cache.Verification;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.event.RunEvent.TaskFailed;
import io.dagshell.engine.event.RunSink;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.run.EngineBuilder;
import io.dagshell.store.NotResumableException;
import io.dagshell.store.ResumableRun;
import io.dagshell.store.RunRecord;
import io.dagshell.tables.Descriptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An exported flow, ready to run: the manifest and the compiled slice.
 *
 * <pre>{@code
 * int exitCode = DeployedFlow.open(manifest, loader).run(Map.of("year", "2021"), settings);
 * }</pre>
 */
public final class DeployedFlow {
    private final FlowManifest manifest;
    private final SlicedDefinitions definitions;
    private final Method method;

    private DeployedFlow(FlowManifest manifest, SlicedDefinitions definitions, Method method) {
        this.manifest = manifest;
        this.definitions = definitions;
        this.method = method;
    }

    /**
     * Finds the flow's method.
     *
     * @param loader of the slice's classes
     * @throws BadInput the classes are not those of the manifest
     */
    public static DeployedFlow open(FlowManifest manifest, ClassLoader loader) {
        SlicedDefinitions definitions = new SlicedDefinitions(manifest);
        String flow = manifest.flow().value();
        try {
            Class<?> holder =
                    Class.forName(definitions.className(manifest.flow()).orElse(flow), false, loader);
            Method method = Arrays.stream(holder.getDeclaredMethods())
                    .filter(each -> each.getName().equals(flow))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchMethodException(flow));
            method.setAccessible(true);
            return new DeployedFlow(manifest, definitions, method);
        } catch (ReflectiveOperationException | LinkageError missing) {
            throw new BadInput(
                    "The classes of flow " + flow + " are not those of its flow.json; build it again.", missing);
        }
    }

    /**
     * Runs the flow and records the run.
     *
     * @param parameters texts by name, over the manifest's defaults
     * @return 0 done, 1 the flow failed, 3 it could not reach what it needs
     * @throws BadInput a parameter is unknown, missing or not of its type, or there is no such run to resume
     */
    public int run(Map<String, String> parameters, RunnerSettings settings) {
        LocalState state = settings.state();
        Optional<RunRecord> resumed = settings.resumes().map(run -> resumable(state, run));
        RunArguments.requireNothingElse(settings.resumes(), parameters, settings.refresh());
        @Nullable
        Object[] arguments = settings.order()
                .map(RunOrder::parametersJson)
                .or(() -> resumed.map(RunRecord::parametersJson))
                .map(json -> FlowArguments.ofJson(manifest, method, json))
                .orElseGet(() -> FlowArguments.of(manifest, method, parameters));
        Optional<RunId> former = settings.order().flatMap(RunOrder::resumes).or(() -> resumed.map(RunRecord::id));
        requireKnown(settings.refresh());
        Verification verification = state.kept().verification();
        ResultCache cache = settings.verify() ? verification.over(state.cache()) : state.cache();
        FailureWatch watch = new FailureWatch();
        UsedResults used = new UsedResults();
        RunSink sink = state.records().and(settings.display()).and(watch).and(used);
        try (Engine engine = engine(settings, sink, settings.refresh().over(cache, manifest::graphs))) {
            Work<Object> call = () -> method.invoke(null, arguments);
            Work<Object> work = former.<Work<Object>>map(run -> () -> engine.resume(run, call))
                    .orElse(call);
            int code = run(engine, work, watch, sink, settings);
            if (code == ExitCode.DONE && settings.origin().equals("deployed")) {
                pin(used, settings);
            }
            return settings.verify() ? verified(verification, code, settings) : code;
        }
    }

    private Engine engine(RunnerSettings settings, RunSink sink, ResultCache cache) {
        LocalState state = settings.state();
        EngineBuilder builder = Engine.builder()
                .definitions(definitions)
                .cache(cache)
                .results(settings.refresh().over(state.results(), manifest::graphs))
                .approvals(
                        settings.order().map(RunOrder::approvals).orElseGet(() -> AskedAtTerminal.reading(System.in)))
                .values(state.kept().codecs())
                .tagLimits(state.tagLimits())
                .sink(sink)
                .blocks(state.blocks())
                .tee(settings.streams().tee())
                .origin(settings.origin())
                .source(manifest.notebook())
                .describe(Descriptions::of);
        settings.due().ifPresent(builder::scheduledTime);
        settings.order().ifPresent(order -> builder.runIds(first(order.run())));
        settings.order().flatMap(RunOrder::served).ifPresent(builder::served);
        return builder.build();
    }

    /** The flow's run is the first; what it might begin beside itself is another's. */
    private static Supplier<RunId> first(RunId ordered) {
        Iterator<RunId> once = List.of(ordered).iterator();
        return () -> {
            synchronized (once) {
                return once.hasNext() ? once.next() : RunId.create(Instant.now());
            }
        };
    }

    /** So that the next night finds what this one left; a run that worked does not fail for it. */
    private void pin(UsedResults used, RunnerSettings settings) {
        try {
            used.pin(settings.state().kept(), manifest.notebook() + ":" + manifest.flow());
        } catch (IOException failed) {
            settings.err().println("The results of this run could not be pinned: " + failed.getMessage());
        }
    }

    /** A typing error must not look like a refresh of nothing. */
    private void requireKnown(Refresh refresh) {
        for (TaskName task : refresh.tasks()) {
            if (definitions.named(task).isEmpty()) {
                String known = definitions.all().stream()
                        .map(each -> each.name().value())
                        .sorted()
                        .collect(Collectors.joining(", "));
                throw new BadInput(
                        "Flow " + manifest.flow() + " has no task " + task + " to refresh; it has " + known + ".");
            }
        }
    }

    private static int verified(Verification verification, int code, RunnerSettings settings) {
        verification.lines().forEach(settings.err()::println);
        return code == ExitCode.DONE && !verification.isClean() ? ExitCode.FLOW_FAILED : code;
    }

    private RunRecord resumable(LocalState state, String run) {
        try {
            return ResumableRun.find(state.runs(), run, Optional.of(manifest.flow()));
        } catch (NotResumableException told) {
            throw new BadInput(String.valueOf(told.getMessage()), told);
        }
    }

    private int run(Engine engine, Work<Object> work, FailureWatch watch, RunSink sink, RunnerSettings settings) {
        try (StopSignal signal = new StopSignal(engine::cancel)) {
            Optional<Throwable> thrown = call(engine, work);
            engine.close();
            sink.flush();
            return end(thrown, watch, settings);
        }
    }

    private Optional<Throwable> call(Engine engine, Work<Object> work) {
        try {
            engine.within(work);
            return Optional.empty();
        } catch (InvocationTargetException thrown) {
            return Optional.of(thrown.getTargetException());
        } catch (Exception impossible) {
            throw new IllegalStateException("flow " + manifest.flow() + " could not be called", impossible);
        }
    }

    private int end(Optional<Throwable> thrown, FailureWatch watch, RunnerSettings settings) {
        if (thrown.isEmpty()) {
            return ExitCode.DONE;
        }
        if (watch.end().filter(State.CANCELLED::equals).isPresent()) {
            settings.err().println(manifest.flow() + " was cancelled.");
            return ExitCode.FLOW_FAILED;
        }
        if (watch.end().filter(State.PAUSED::equals).isPresent()) {
            return ExitCode.FLOW_FAILED;
        }
        Optional<TaskFailed> failure = watch.failure();
        if (failure.isEmpty()) {
            // Not the engine's to tell: it never came to a call.
            thrown.get().printStackTrace(settings.err());
            return ExitCode.FLOW_FAILED;
        }
        String place =
                failure.get().location().isEmpty() ? "" : " at " + failure.get().location();
        settings.err()
                .println(manifest.flow() + " failed" + place + ": "
                        + failure.get().exception() + ": " + failure.get().message());
        return ExitCode.of(failure.get().failure());
    }
}
