package io.dagshell.kernel.dependency.maven;

import io.dagshell.kernel.dependency.Coordinate;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Exclusion;

/** Coordinates in the resolver's words and back. */
final class Artifacts {

    private Artifacts() {}

    static Artifact artifact(Coordinate coordinate) {
        return new DefaultArtifact(
                coordinate.group(),
                coordinate.artifact(),
                coordinate.classifier(),
                coordinate.extension(),
                coordinate.version());
    }

    /** With the version by which it was asked for: {@code 1.0-SNAPSHOT}, whatever its time stamp. */
    static Coordinate coordinate(Artifact artifact) {
        return new Coordinate(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getExtension(),
                artifact.getClassifier(),
                artifact.getBaseVersion());
    }

    static String key(Artifact artifact) {
        return coordinate(artifact).key();
    }

    static Exclusion exclusion(String text) {
        int colon = text.indexOf(':');
        return new Exclusion(text.substring(0, colon), text.substring(colon + 1), "*", "*");
    }
}
