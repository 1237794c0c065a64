package io.dagshell.kernel.dependency.maven;

import io.dagshell.kernel.dependency.Coordinate;
import io.dagshell.kernel.dependency.DependencyException;
import io.dagshell.kernel.dependency.DependencyResolver.Request;
import io.dagshell.kernel.dependency.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.VersionScheme;

/**
 * What is to be resolved.
 *
 * @param dependencies asked for by name and not loaded yet
 * @param managed versions that bind what they need: of loaded libraries first, then of poms and BOMs
 */
record Wanted(List<Dependency> dependencies, List<Dependency> managed) {

    static Wanted of(Request request, Asking asking) {
        List<Dependency> asked = new ArrayList<>();
        List<Dependency> managed = new ArrayList<>();
        request.loaded().forEach((key, version) -> managed.add(pin(key, version)));
        for (Statement.Pom pom : request.poms()) {
            PomDependencies read = PomDependencies.read(pom, asking);
            asked.addAll(read.dependencies());
            managed.addAll(read.managed());
        }
        for (Statement.Bom bom : request.boms()) {
            managed.addAll(managedBy(bom, asking));
        }
        for (Statement.Jar jar : request.jars()) {
            asked.add(MavenResolver.dependency(jar, versioned(jar.coordinate(), managed)));
        }
        List<Dependency> missing = new ArrayList<>();
        for (Dependency dependency : asked) {
            if (!isLoaded(dependency.getArtifact(), request.loaded()) && !isProvided(dependency, request)) {
                missing.add(withoutProvided(dependency, request));
            }
        }
        return new Wanted(missing, managed);
    }

    private static Dependency pin(String key, String version) {
        Coordinate coordinate = Coordinate.parse(key + ":" + version);
        return new Dependency(Artifacts.artifact(coordinate), "");
    }

    private static List<Dependency> managedBy(Statement.Bom bom, Asking asking) {
        Coordinate named = bom.coordinate();
        Coordinate pom = new Coordinate(named.group(), named.artifact(), "pom", "", named.version());
        if (pom.version().isEmpty()) {
            throw MavenResolver.noVersion(named);
        }
        ArtifactDescriptorRequest read =
                new ArtifactDescriptorRequest(Artifacts.artifact(pom), asking.repositories(), "bom");
        try {
            return asking.system().readArtifactDescriptor(asking.strict(), read).getManagedDependencies();
        } catch (ArtifactDescriptorException failure) {
            throw new Explanation(asking).of(failure, pom);
        }
    }

    private static Coordinate versioned(Coordinate coordinate, List<Dependency> managed) {
        if (!coordinate.version().isEmpty()) {
            return coordinate;
        }
        Optional<String> version = managed.stream()
                .map(Dependency::getArtifact)
                .filter(artifact -> Artifacts.key(artifact).equals(coordinate.key()))
                .map(Artifact::getVersion)
                .findFirst();
        return coordinate.withVersion(version.orElseThrow(() -> MavenResolver.noVersion(coordinate)));
    }

    /** Whether it is there; a loaded library cannot be replaced, for its classes are in use. */
    private static boolean isLoaded(Artifact artifact, Map<String, String> loaded) {
        String version = loaded.get(Artifacts.key(artifact));
        if (version == null) {
            return false;
        }
        if (!accepts(artifact.getVersion(), version)) {
            throw DependencyException.wrong(
                    artifact.getGroupId() + ":" + artifact.getArtifactId(),
                    Artifacts.key(artifact) + " is loaded in version " + version + ", and " + artifact.getVersion()
                            + " cannot replace it in this session.\nFor " + artifact.getVersion()
                            + " declare it first, above what brought " + version + ", and restart the kernel.");
        }
        return true;
    }

    private static boolean accepts(String asked, String loaded) {
        VersionScheme scheme = new GenericVersionScheme();
        try {
            return scheme.parseVersionConstraint(asked).containsVersion(scheme.parseVersion(loaded))
                    || asked.equals(loaded);
        } catch (InvalidVersionSpecificationException malformed) {
            return false;
        }
    }

    private static boolean isProvided(Dependency dependency, Request request) {
        Artifact artifact = dependency.getArtifact();
        return request.provided().contains(artifact.getGroupId() + ":" + artifact.getArtifactId());
    }

    private static Dependency withoutProvided(Dependency dependency, Request request) {
        List<Exclusion> exclusions = new ArrayList<>(dependency.getExclusions());
        request.provided().forEach(provided -> exclusions.add(Artifacts.exclusion(provided)));
        return dependency.setExclusions(exclusions);
    }
}
