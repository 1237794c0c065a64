package io.dagshell.server.deploy;

import io.dagshell.engine.deploy.ManifestJson;
import io.dagshell.server.client.AgentProtocol;
import io.dagshell.store.orchestration.FolderFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which DagShell built a folder.
 *
 * @param format what counts: a server understands its own and smaller ones
 * @param version for people; empty where the folder does not say it
 */
record BuiltBy(int format, Optional<String> version) {
    /** DagShell's own jars are among a deployment's libraries, with the version in their names. */
    private static final Pattern OWN = Pattern.compile("dagshell-engine-(\\S+)\\.jar");

    /** Nothing, if the folder does not hold what would say it; {@link FolderReader} tells what is wrong then. */
    static Optional<BuiltBy> of(FolderFiles files) {
        Optional<byte[]> manifest = files.bytes(FolderFiles.MANIFEST);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BuiltBy(ManifestJson.format(manifest.get()), version(files)));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /** Whatever a newer lock is like, a name in it is found. */
    private static Optional<String> version(FolderFiles files) {
        Matcher own = OWN.matcher(files.text(FolderFiles.LOCK).orElse(""));
        return own.find() ? Optional.of(own.group(1)) : Optional.empty();
    }

    /**
     * Refuses what runs would be stopped at, since this server would not understand what they tell.
     *
     * @throws InvalidDeploymentException a newer DagShell built it, by the number of the format
     */
    void requireUnderstood() {
        if (format <= ManifestJson.FORMAT) {
            return;
        }
        String server = AgentProtocol.here().version();
        throw new InvalidDeploymentException("The deployment was built by "
                + version.map(number -> "DagShell " + number).orElse("a newer DagShell") + ", in format " + format
                + ", and this server is DagShell " + server + ", which understands formats up to "
                + ManifestJson.FORMAT
                + ": upgrade the server first, or build the deployment with the server's DagShell.");
    }
}
