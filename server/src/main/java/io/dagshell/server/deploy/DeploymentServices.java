package io.dagshell.server.deploy;

import io.dagshell.engine.block.BlockSource;
import io.dagshell.store.Database;
import io.dagshell.store.orchestration.Limits;
import io.dagshell.store.orchestration.Orchestration;
import java.time.Clock;

/**
 * All that can be done with deployments and their runs, on one state.
 *
 * <pre>{@code
 * DeploymentServices services = DeploymentServices.on(database, blocks, database.clock());
 * services.applying().apply(FolderFiles.read(folder), false);
 * services.ordering().order(Ordering.Request.of(new DeploymentName("Nightly"), "mira"));
 * services.state().runs().requestCancel(run, "asked for by mira");
 * }</pre>
 *
 * @param state deployments, schedules, runs and agents
 * @param manifests what versions say of their flows
 * @param scheduling adds and changes schedules
 * @param backfilling runs ranges of the past
 * @param approving takes answers to what flows ask
 * @param blocks settings of outside things, as runs get them
 * @param signal wakes agents that wait
 * @param mercy when agents could not renew their leases
 * @param clock the time of day all of it goes by
 */
public record DeploymentServices(
        Orchestration state,
        Manifests manifests,
        Applying applying,
        Ordering ordering,
        Revising revising,
        Scheduling scheduling,
        Backfilling backfilling,
        Approving approving,
        BlockSource blocks,
        WorkSignal signal,
        Mercy mercy,
        Clock clock) {

    public static DeploymentServices on(Database database, BlockSource blocks, Clock clock) {
        Orchestration[] made = new Orchestration[1];
        // The state asks for parameters of due runs, and they are read with files of the state.
        Manifests manifests = new Manifests(() -> made[0].deployments());
        Orchestration state = Orchestration.of(database, clock, Limits.defaults(), new TypedParameters(manifests));
        made[0] = state;
        WorkSignal signal = new WorkSignal();
        FolderReader reader = new FolderReader(blocks, clock);
        return new DeploymentServices(
                state,
                manifests,
                new Applying(state, reader),
                new Ordering(state, manifests, clock, signal),
                new Revising(state, manifests, reader, signal),
                new Scheduling(state, manifests, clock),
                new Backfilling(state, manifests, clock, signal),
                new Approving(state.approvals(), signal),
                blocks,
                signal,
                new Mercy(),
                clock);
    }
}
