package io.dagshell.server.deploy;

import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.Orchestration;

/** Makes a folder the current version of its deployment. Thread-safe. */
public final class Applying {
    private final Orchestration state;
    private final FolderReader reader;

    Applying(Orchestration state, FolderReader reader) {
        this.state = state;
        this.reader = reader;
    }

    /**
     * Checks the folder and keeps it.
     *
     * @param replace whether a deployment of another flow may be replaced
     * @throws InvalidDeploymentException something in it does not fit
     * @throws io.dagshell.store.orchestration.RefusedException there is a deployment of that name of another flow
     */
    public Deployment apply(FolderFiles files, boolean replace) {
        return state.deployments().apply(check(files), replace);
    }

    /**
     * Whether {@link #apply} would take the folder, whose libraries need not be here yet; nothing is kept.
     *
     * @throws InvalidDeploymentException something in it does not fit
     * @throws io.dagshell.store.orchestration.RefusedException there is a deployment of that name of another flow
     */
    public void require(FolderFiles files, boolean replace) {
        state.deployments().require(check(files), replace);
    }

    /** What the folder would be; nothing is kept. */
    public DeploymentSpec check(FolderFiles files) {
        BuiltBy.of(files).ifPresent(BuiltBy::requireUnderstood);
        return reader.read(files);
    }
}
