package io.dagshell.server.deploy;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FolderFiles;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a deployment's folder says, read as strictly as {@code apply} reads it but for the blocks, which are of the place
 * where it will run.
 */
public record FolderSaid(DeploymentSpec spec, HowToRun how, FlowManifest manifest) {

    /** @throws InvalidDeploymentException something does not fit; names file and line */
    public static FolderSaid read(FolderFiles files, Clock clock) {
        DeploymentSpec spec = new FolderReader(FolderSaid::anywhere, clock).read(files);
        return new FolderSaid(spec, FolderReader.howToRun(files), Manifests.read(files));
    }

    /** The names of blocks that its runs need. */
    public SortedSet<String> blocks() {
        SortedSet<String> names = new TreeSet<>(manifest.blocks());
        names.addAll(how.blocks());
        return names;
    }

    private static Optional<BlockSettings> anywhere(BlockName name) {
        return Optional.of(BlockSettings.of("elsewhere", Map.of()));
    }
}
