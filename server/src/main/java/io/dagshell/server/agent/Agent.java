package io.dagshell.server.agent;

import io.dagshell.engine.deploy.LibraryStore;
import io.dagshell.engine.deploy.RunProcess;
import io.dagshell.engine.home.Home;
import io.dagshell.engine.model.RunId;
import io.dagshell.server.client.ApiClient;
import io.dagshell.server.client.ServerRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A running agent. One thread asks for work, one keeps the leases, and each run has its own.
 *
 * <pre>{@code
 * try (Agent agent = Agent.start(settings, ApiClient.of(home, System.getenv()), home, out::println)) {
 *     agent.await();
 * }
 * }</pre>
 *
 * <p>Closing leaves processes alone: they go on, and the next agent in this home takes them over.
 */
public final class Agent implements AutoCloseable {
    private static final long HEARTBEAT_MILLIS = 3_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Duration REST = Duration.ofSeconds(10);
    /** A start takes well under a second, on a machine that is busy some. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final long STEP_MILLIS = 20;
    private static final int STEPS_TO_LET_GO = 250;

    private final AgentSettings settings;
    private final ServerCalls server;
    private final VersionStore versions;
    private final ClassArchives archives;
    private final Home home;
    private final Consumer<String> tell;
    private final AgentLock lock;
    private final Map<RunId, RunWatch> runs = new ConcurrentHashMap<>();
    private final Object change = new Object();
    private volatile boolean closing;
    private volatile long restsUntil = System.nanoTime();

    /** Why the server could not be asked, said once; the poller's own. */
    private String told = "";

    private final Thread poller = new Thread(this::poll, "dagshell-agent-poll");
    private final Thread heart = new Thread(this::beat, "dagshell-agent-heartbeat");

    private Agent(AgentSettings settings, ApiClient client, Home home, Consumer<String> tell, AgentLock lock) {
        this.settings = settings;
        this.server = new ServerCalls(client, settings, AgentSettings.thisMachine());
        this.versions = new VersionStore(
                home.cache().resolve("deployments"), new LibraryStore(home.libraries()), client, Clock.systemUTC());
        this.archives = new ClassArchives(home.cache().resolve("archives"));
        this.home = home;
        this.tell = tell;
        this.lock = lock;
    }

    /**
     * Starts one.
     *
     * @param tell gets a sentence about each run
     * @throws IOException another agent works in this home
     */
    public static Agent start(AgentSettings settings, ApiClient client, Home home, Consumer<String> tell)
            throws IOException {
        Agent agent = new Agent(settings, client, home, tell, AgentLock.take(home.data()));
        agent.adopt();
        agent.heart.start();
        agent.poller.start();
        return agent;
    }

    private Path outbox() {
        return home.data().resolve("outbox");
    }

    private void adopt() throws IOException {
        Files.createDirectories(outbox());
        List<Path> folders;
        try (Stream<Path> children = Files.list(outbox())) {
            folders = children.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            adopt(new OutboxFolder(folder));
        }
    }

    private void adopt(OutboxFolder folder) throws IOException {
        if (!Files.exists(folder.path().resolve(Order.FILE))) {
            folder.delete();
            return;
        }
        Order order = Order.read(folder.path());
        if (!order.agent().equals(settings.name())) {
            // Its lease is in another's name, and nobody will renew it.
            if (!RunProcess.giveUp(folder.path())) {
                RunProcess.alive(folder.path()).ifPresent(ChildProcess::kill);
            }
            folder.delete();
            return;
        }
        tell.accept("Takes over run " + order.run() + " of " + order.deployment());
        follow(RunWatch.adopted(order, folder, server));
    }

    private void follow(RunWatch watch) {
        runs.put(watch.id(), watch);
        Thread thread = new Thread(
                () -> {
                    try {
                        watch.run();
                    } finally {
                        rest(watch);
                        runs.remove(watch.id());
                        if (!closing) {
                            tell.accept("Run " + watch.id() + " is over");
                        }
                        synchronized (change) {
                            change.notifyAll();
                        }
                    }
                },
                "run " + watch.id());
        thread.setDaemon(true);
        thread.start();
    }

    /** One that cannot begin runs would else take all there are, faster than any that can. */
    private void rest(RunWatch watch) {
        if (watch.isUnfit()) {
            restsUntil = System.nanoTime() + REST.toNanos();
            tell.accept("Run " + watch.id() + " could not be started on this machine; no other is taken for "
                    + REST.toSeconds() + " s");
        }
    }

    private void poll() {
        while (!closing) {
            try {
                int free = settings.capacity() - runs.size();
                if (free < 1 || restsUntil - System.nanoTime() > 0) {
                    awaitChange();
                    continue;
                }
                List<Order> orders = server.poll(free, true);
                told = "";
                for (Order order : orders) {
                    take(order);
                }
            } catch (IOException | ServerRefusal away) {
                pause(away);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private void take(Order order) throws InterruptedException {
        for (int i = 0;
                i < STEPS_TO_LET_GO
                        && of(order.run()).filter(RunWatch::hasEnded).isPresent();
                i++) {
            // It goes on in another process, and this agent is about to forget the one before.
            Thread.sleep(STEP_MILLIS);
        }
        if (runs.containsKey(order.run())) {
            // It was given back while this agent slept, and came again: the one that is waking asks whether it may.
            return;
        }
        tell.accept("Run " + order.run() + " of " + order.deployment());
        // One for each process: one of an earlier start that comes late finds its own gone.
        Path folder = outbox().resolve(
                        order.run() + "." + UUID.randomUUID().toString().substring(0, 8));
        follow(RunWatch.claimed(order, new OutboxFolder(folder), server, this::prepare));
    }

    private RunWatch.Start prepare(Order order) throws IOException {
        VersionStore.Version version = versions.of(order);
        return (again, folder) -> begin(version, again, folder);
    }

    private Process begin(VersionStore.Version version, Order order, OutboxFolder folder) throws IOException {
        ClassArchives.Plan plan = archives.plan(settings.java(order.jdk()), version.runtime());
        Process process;
        try {
            process = ChildProcess.start(settings, home, version, plan.flags(), order, folder);
        } catch (IOException failed) {
            archives.notBegun(plan);
            throw failed;
        }
        archives.begun(plan, process);
        return process;
    }

    private void awaitChange() throws InterruptedException {
        synchronized (change) {
            change.wait(PAUSE_MILLIS);
        }
    }

    private void pause(Exception away) {
        if (closing) {
            return;
        }
        String why = String.valueOf(away.getMessage());
        if (!why.equals(told)) {
            told = why;
            tell.accept(why);
        }
        pauseQuietly();
    }

    private void beat() {
        while (!closing) {
            try {
                // What is said is of those that were asked for: a run may have been begun anew since.
                Map<RunId, RunWatch> held = Map.copyOf(runs);
                ServerCalls.Renewal renewal = server.renew(held.keySet());
                renewal.cancelling().forEach(run -> held(held, run).ifPresent(RunWatch::cancel));
                renewal.lost().forEach(run -> held(held, run).ifPresent(RunWatch::lose));
                Thread.sleep(HEARTBEAT_MILLIS);
            } catch (IOException | ServerRefusal away) {
                // The poller says it; runs go on meanwhile.
                pauseQuietly();
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    private static void pauseQuietly() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was taken as the agent began to end is left too; a process that is being started gets all it needs. */
    private void awaitStarts() throws InterruptedException {
        runs.values().forEach(RunWatch::leave);
        for (RunWatch watch : List.copyOf(runs.values())) {
            watch.awaitStart(START);
        }
    }

    /** The last request for work may still wait at the server, which would hand out a run that nobody begins. */
    private void goodbye() {
        try {
            server.stopPolling();
        } catch (IOException | ServerRefusal away) {
            // Then that request is gone as well, or will be: the server hands out nothing to agents it has not heard
            // of.
        }
    }

    private static Optional<RunWatch> held(Map<RunId, RunWatch> held, RunId run) {
        return Optional.ofNullable(held.get(run));
    }

    private Optional<RunWatch> of(RunId run) {
        return Optional.ofNullable(runs.get(run));
    }

    /** Returns when the agent is closed by another thread. */
    public void await() throws InterruptedException {
        poller.join();
    }

    @Override
    public void close() {
        closing = true;
        runs.values().forEach(RunWatch::leave);
        poller.interrupt();
        heart.interrupt();
        try {
            poller.join(5_000);
            heart.join(5_000);
            awaitStarts();
            goodbye();
            lock.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            tell.accept("The lock of the agent could not be let go: " + gone.getMessage());
        }
    }
}
