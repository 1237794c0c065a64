package io.dagshell.kernel.dependency.maven;

import io.dagshell.kernel.dependency.Coordinate;
import io.dagshell.kernel.dependency.DependencyException;
import io.dagshell.kernel.dependency.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.resolution.VersionRangeResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.RepositoryOfflineException;
import org.eclipse.aether.version.Version;

/** Says why something cannot be had: its coordinate, who was asked, what is near it. */
final class Explanation {
    private static final int SHOWN_VERSIONS = 6;
    private final Asking asking;

    Explanation(Asking asking) {
        this.asking = asking;
    }

    DependencyException of(ArtifactResolutionException failure, ResolvedGraph graph) {
        ArtifactResult first = failure.getResults().stream()
                .filter(result -> !result.isResolved())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(failure));
        Artifact artifact = first.getRequest().getArtifact();
        List<Exception> causes =
                first.getExceptions().isEmpty() ? List.of(failure) : new ArrayList<>(first.getExceptions());
        return explain(Artifacts.coordinate(artifact), causes, graph.parent(artifact));
    }

    /** A pom on the way could not be read, or a range has no version. */
    DependencyException of(DependencyCollectionException failure, List<Dependency> asked) {
        List<Exception> causes = failure.getResult().getExceptions();
        for (Exception cause : causes) {
            if (cause instanceof ArtifactDescriptorException descriptor) {
                return of(
                        descriptor, Artifacts.coordinate(descriptor.getResult().getArtifact()));
            }
            if (cause instanceof VersionRangeResolutionException range) {
                Artifact artifact = range.getResult().getRequest().getArtifact();
                return noVersion(Artifacts.coordinate(artifact));
            }
        }
        return explain(Artifacts.coordinate(asked.get(0).getArtifact()), List.of(failure), Optional.empty());
    }

    DependencyException of(ArtifactDescriptorException failure, Coordinate coordinate) {
        return explain(coordinate, List.of(failure), Optional.empty());
    }

    DependencyException ofPom(RepositoryException unusable) {
        return isNotFound(unusable)
                ? DependencyException.wrong("", firstLine(unusable) + asked())
                : DependencyException.wrong("", "the pom cannot be used: " + rootMessage(unusable));
    }

    private DependencyException noVersion(Coordinate coordinate) {
        String about = coordinate.group() + ":" + coordinate.artifact();
        return DependencyException.wrong(
                about, "no version of " + about + " is in " + coordinate.version() + asked() + versions(coordinate));
    }

    private DependencyException explain(Coordinate coordinate, List<Exception> causes, Optional<String> neededBy) {
        String about = coordinate.group() + ":" + coordinate.artifact();
        String needed = neededBy.map(name -> ", which " + name + " needs,").orElse("");
        if (causes.stream().anyMatch(cause -> has(cause, RepositoryOfflineException.class))) {
            return DependencyException.unreachable(
                    about, coordinate + needed + " is not in the local repository, and Maven is offline" + near(about));
        }
        if (causes.stream().allMatch(Explanation::isNotFound)) {
            String versions = versions(coordinate);
            String hint = versions.isEmpty() ? near(about) : versions;
            return DependencyException.wrong(about, "there is no " + coordinate + needed + asked() + hint);
        }
        String why = causes.stream()
                .filter(cause -> !isNotFound(cause))
                .map(Explanation::rootMessage)
                .distinct()
                .collect(Collectors.joining("; "));
        return DependencyException.unreachable(about, coordinate + needed + " cannot be downloaded: " + why + asked());
    }

    private String asked() {
        String names = asking.repositories().stream()
                .map(repository -> repository.getId() + " (" + withoutLogin(repository) + ")")
                .collect(Collectors.joining(", "));
        return "\nAsked: " + names + ".";
    }

    private static String withoutLogin(RemoteRepository repository) {
        return repository.getUrl().replaceFirst("//[^/@]*@", "//");
    }

    /** Versions the repositories know, if the library itself exists. */
    private String versions(Coordinate coordinate) {
        try {
            VersionRangeResult range = asking.system()
                    .resolveVersionRange(
                            asking.session(),
                            new VersionRangeRequest(
                                    Artifacts.artifact(coordinate.withVersion("[0,)")), asking.repositories(), ""));
            List<Version> known = range.getVersions();
            if (known.isEmpty()) {
                return "";
            }
            List<String> newest = new ArrayList<>();
            for (int i = known.size() - 1; i >= 0 && newest.size() < SHOWN_VERSIONS; i--) {
                newest.add(known.get(i).toString());
            }
            return "\nIts newest versions: " + String.join(", ", newest) + ".";
        } catch (VersionRangeResolutionException none) {
            return "";
        }
    }

    private String near(String about) {
        SortedMap<String, List<String>> local =
                LocalNames.in(asking.session().getLocalRepository().getBasedir().toPath());
        List<String> names = NearNames.of(about, local.keySet());
        if (names.isEmpty()) {
            return "";
        }
        List<String> newest = new ArrayList<>();
        names.forEach(name ->
                newest.add(name + ":" + local.getOrDefault(name, List.of("")).get(0)));
        return "\nNear it in the local repository: " + String.join(", ", newest) + ".";
    }

    private static boolean isNotFound(Throwable failure) {
        return has(failure, ArtifactNotFoundException.class);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).split("\n", -1)[0];
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.strip();
    }
}
