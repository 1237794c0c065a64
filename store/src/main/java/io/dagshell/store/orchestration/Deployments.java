package io.dagshell.store.orchestration;

import io.dagshell.store.Micros;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Deployments and their versions. Thread-safe. */
public final class Deployments {
    private static final String SHOW = """
            select d.name, d.paused, d.paused_reason, d.paused_at, d.created_at as made_at, d.updated_at, v.*
            from deployments d join deployment_versions v on v.deployment = d.name and v.version = d.version""";
    private static final String POINT = """
            insert into deployments (name, version, paused, created_at, updated_at)
            values (:name, :version, 0, :now, :now)
            on conflict (name) do update set version = excluded.version, updated_at = excluded.updated_at""";

    private final Transactions transactions;
    private final Clock clock;

    Deployments(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Keeps the folder as a version and makes it the current one. Schedules of the file are those of the version;
     * schedules people added stay. A version that is there already is only made the current one.
     *
     * @param replace whether a deployment of another flow may be replaced
     * @throws RefusedException there is a deployment of that name of another flow
     */
    public Deployment apply(DeploymentSpec spec, boolean replace) {
        return transactions.write(handle -> {
            refuseOtherFlow(handle, spec, replace);
            Instant now = clock.instant();
            String version = spec.files().version();
            VersionRows.insert(handle, spec, version, now);
            point(handle, spec.name(), version, now);
            FileSchedules.follow(handle, spec.name(), spec.schedules(), now);
            WorkQueues.ensure(handle, spec.settings().queue(), now);
            return show(handle, spec.name());
        });
    }

    /**
     * Whether {@link #apply} would take it now; keeps nothing.
     *
     * @throws RefusedException there is a deployment of that name of another flow
     */
    public void require(DeploymentSpec spec, boolean replace) {
        transactions.read(handle -> {
            refuseOtherFlow(handle, spec, replace);
            return true;
        });
    }

    /**
     * Keeps a version that people made of the current one, and makes it the current one. Schedules are left as they are,
     * also where people changed them.
     *
     * @param former the version it was made of
     * @throws RefusedException another version became the current one meanwhile
     */
    public Deployment revise(DeploymentSpec spec, String former) {
        return transactions.write(handle -> {
            if (!lock(handle, spec.name()).current().version().equals(former)) {
                throw RefusedException.conflict("Deployment '" + spec.name()
                        + "' became another version meanwhile: look at it again, and edit that one.");
            }
            Instant now = clock.instant();
            String version = spec.files().version();
            VersionRows.insert(handle, spec, version, now);
            point(handle, spec.name(), version, now);
            return show(handle, spec.name());
        });
    }

    private static void refuseOtherFlow(Handle handle, DeploymentSpec spec, boolean replace) {
        find(handle, spec.name())
                .filter(there -> !replace && !there.current().flow().equals(spec.flow()))
                .ifPresent(there -> {
                    throw RefusedException.conflict("Deployment '" + spec.name() + "' is of flow "
                            + there.current().flow() + ", not of " + spec.flow()
                            + ": give this one another name, or say --replace.");
                });
    }

    private static void point(Handle handle, DeploymentName name, String version, Instant now) {
        handle.createUpdate(POINT)
                .bind("name", name.value())
                .bind("version", version)
                .bind("now", Micros.of(now))
                .execute();
    }

    /**
     * Makes an earlier version the current one, with its settings and schedules.
     *
     * @param version the digest, or how it begins
     */
    public Deployment rollback(DeploymentName name, String version) {
        return transactions.write(handle -> {
            Deployment there = show(handle, name);
            DeploymentVersion earlier = VersionRows.startingWith(handle, there.name(), version);
            Instant now = clock.instant();
            point(handle, name, earlier.version(), now);
            FileSchedules.follow(handle, name, VersionRows.schedules(handle, name, earlier.version()), now);
            return show(handle, name);
        });
    }

    /** All, by name. */
    public List<Deployment> list() {
        return transactions.read(handle -> handle.createQuery(SHOW + " order by d.name")
                .map((row, context) -> VersionRows.deployment(row))
                .list());
    }

    public Optional<Deployment> find(DeploymentName name) {
        return transactions.read(handle -> find(handle, name));
    }

    static Optional<Deployment> find(Handle handle, DeploymentName name) {
        return handle.createQuery(SHOW + " where d.name = :name")
                .bind("name", name.value())
                .map((row, context) -> VersionRows.deployment(row))
                .findOne();
    }

    /** @throws RefusedException there is none */
    public Deployment show(DeploymentName name) {
        return transactions.read(handle -> show(handle, name));
    }

    static Deployment show(Handle handle, DeploymentName name) {
        return find(handle, name)
                .orElseThrow(() -> RefusedException.unknown(
                        "There is no deployment '" + name + "': dagshell deployment ls lists those there are."));
    }

    /** It is this transaction's: another that would change it waits. */
    private Deployment lock(Handle handle, DeploymentName name) {
        return locked(handle, name, transactions.forUpdate());
    }

    /** It stays until the transaction ends; {@code lock} is what the select ends with. */
    static Deployment locked(Handle handle, DeploymentName name, String lock) {
        isThere(handle, name, lock);
        return show(handle, name);
    }

    static boolean isThere(Handle handle, DeploymentName name, String lock) {
        return handle.createQuery("select name from deployments where name = :name" + lock)
                .bind("name", name.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Its versions, newest first. */
    public List<DeploymentVersion> versions(DeploymentName name) {
        return transactions.read(handle -> VersionRows.all(handle, name));
    }

    /** The files of a version. */
    public FolderFiles files(DeploymentName name, String version) {
        return transactions.read(handle -> {
            Map<String, byte[]> files = new HashMap<>();
            VersionRows.files(handle, name, version, files::put);
            if (files.isEmpty()) {
                throw RefusedException.unknown("Deployment '" + name + "' has no version " + version + ".");
            }
            return FolderFiles.of(files);
        });
    }

    /** While it is paused its schedules make no runs. Failures before it is resumed count no more. */
    public Deployment pause(DeploymentName name, boolean paused) {
        return transactions.write(handle -> {
            handle.createUpdate("""
                            update deployments set paused = :paused, paused_reason = null, updated_at = :now,
                                paused_at = case when :paused = 1 then :now else null end,
                                resumed_at = case when :paused = 1 then resumed_at else :now end
                            where name = :name""")
                    .bind("paused", paused ? 1 : 0)
                    .bind("now", Micros.of(clock.instant()))
                    .bind("name", name.value())
                    .execute();
            return show(handle, name);
        });
    }

    /**
     * Takes it away with its versions and schedules; its runs stay. Those that wait are Cancelled.
     *
     * @throws RefusedException runs of it are under way
     */
    public void remove(DeploymentName name) {
        transactions.write(handle -> {
            lock(handle, name);
            // First the schedules: a tick that makes a run of one has ended then.
            ScheduleRows.removeOf(handle, name);
            for (BackfillId backfill : BackfillRows.going(handle, name, transactions.forUpdate())) {
                BackfillRows.cancel(handle, backfill, "Its deployment was deleted.", clock.instant());
            }
            VersionRows.lockRuns(handle, name, transactions.forUpdate());
            VersionRows.refuseIfGoing(handle, name);
            for (FlowRun waiting : FlowRunRows.waiting(handle, name)) {
                FlowRuns.cancel(handle, waiting, "Its deployment was deleted.", clock.instant());
            }
            VersionRows.remove(handle, name);
            return true;
        });
    }
}
