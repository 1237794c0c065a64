package io.dagshell.server.deploy;

import io.dagshell.engine.deploy.DependencyLock;
import io.dagshell.engine.deploy.FlowDifference;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentVersion;
import io.dagshell.store.orchestration.Deployments;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the files of versions say of their flows; a version never changes, so the latest asked for are kept. Thread-safe. */
public final class Manifests {
    private static final int MOST = 200;

    /** What is wanted of a version's files. */
    private record Known(FlowManifest manifest, HowToRun howToRun, String lock) {}

    private final Supplier<Deployments> deployments;
    private final Map<String, Known> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    });

    /** @param deployments asked when needed, for their state is made with what reads parameters from here */
    Manifests(Supplier<Deployments> deployments) {
        this.deployments = deployments;
    }

    public FlowManifest of(DeploymentVersion version) {
        return of(version.deployment(), version.version());
    }

    public FlowManifest of(DeploymentName deployment, String version) {
        return known(deployment, version).manifest();
    }

    /** What the {@code deployment.yaml} of a version says of the processes of its runs. */
    public HowToRun howToRun(DeploymentName deployment, String version) {
        return known(deployment, version).howToRun();
    }

    /** A version as it is compared with others. */
    public FlowDifference.Exported exported(DeploymentVersion version) {
        Known known = known(version.deployment(), version.version());
        return new FlowDifference.Exported(known.manifest(), DependencyLock.parse(known.lock()));
    }

    private Known known(DeploymentName deployment, String version) {
        Known known = kept.get(version);
        if (known == null) {
            FolderFiles files = deployments.get().files(deployment, version);
            known = new Known(
                    read(files),
                    FolderReader.howToRun(files),
                    files.text(FolderFiles.LOCK).orElse(""));
            kept.put(version, known);
        }
        return known;
    }

    /** @throws InvalidDeploymentException there is none, or it is of another form */
    static FlowManifest read(FolderFiles files) {
        byte[] json = files.bytes(FolderFiles.MANIFEST)
                .orElseThrow(() -> new InvalidDeploymentException(
                        "There is no " + FolderFiles.MANIFEST + " in the folder; build the deployment again."));
        try {
            return ManifestJson.read(json);
        } catch (IOException damaged) {
            throw new InvalidDeploymentException(damaged.getMessage() + ".", damaged);
        }
    }
}
