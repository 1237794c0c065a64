package io.dagshell.kernel.dependency.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import io.dagshell.kernel.dependency.Coordinate;
import io.dagshell.kernel.dependency.DependencyException;
import io.dagshell.kernel.dependency.DependencyResolver;
import io.dagshell.kernel.dependency.MavenSettings;
import io.dagshell.kernel.dependency.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/** Maven's resolver with the person's settings. One per session; used by one thread at a time. */
public final class MavenResolver implements DependencyResolver {
    private final Context context;
    private final boolean offline;

    /** Reads the settings; called by name. */
    public MavenResolver(MavenSettings settings) {
        ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
        settings.settings().ifPresent(overrides::withUserSettingsXmlOverride);
        context = new StandaloneStaticRuntime().create(overrides.build());
        offline = OfflineSetting.of(context);
    }

    @Override
    public Resolution resolve(Request request, Downloads downloads) {
        Asking asking = new Asking(context, offline || request.offline(), request, downloads);
        Wanted wanted = Wanted.of(request, asking);
        if (wanted.dependencies().isEmpty()) {
            return new Resolution(List.of(), List.of());
        }
        ResolvedGraph graph = ResolvedGraph.of(collect(wanted, asking), request);
        return new Resolution(download(graph, asking), graph.notes());
    }

    private static DependencyNode collect(Wanted wanted, Asking asking) {
        CollectRequest collect = new CollectRequest()
                .setDependencies(wanted.dependencies())
                .setManagedDependencies(wanted.managed())
                .setRepositories(asking.repositories());
        try {
            return asking.system()
                    .collectDependencies(asking.session(), collect)
                    .getRoot();
        } catch (DependencyCollectionException failure) {
            throw new Explanation(asking).of(failure, wanted.dependencies());
        }
    }

    private static List<Found> download(ResolvedGraph graph, Asking asking) {
        List<ArtifactRequest> requests = graph.nodes().stream()
                .map(node -> new ArtifactRequest(node).setRepositories(repositories(node, asking)))
                .toList();
        try {
            List<Found> found = new ArrayList<>();
            for (ArtifactResult result : asking.system().resolveArtifacts(asking.session(), requests)) {
                found.add(new Found(
                        Artifacts.coordinate(result.getArtifact()),
                        result.getArtifact().getFile().toPath()));
            }
            return found;
        } catch (ArtifactResolutionException failure) {
            throw new Explanation(asking).of(failure, graph);
        }
    }

    /** A pom may name repositories for what it needs. */
    private static List<RemoteRepository> repositories(DependencyNode node, Asking asking) {
        return node.getRepositories().isEmpty() ? asking.repositories() : node.getRepositories();
    }

    @Override
    public SortedMap<String, List<String>> local() {
        return LocalNames.in(context.repositorySystemSession()
                .getLocalRepository()
                .getBasedir()
                .toPath());
    }

    @Override
    public void close() {
        context.close();
    }

    /** A dependency as a statement asks for it. */
    static Dependency dependency(Statement.Jar jar, Coordinate coordinate) {
        Dependency dependency = new Dependency(Artifacts.artifact(coordinate), "compile");
        return dependency.setExclusions(
                jar.exclusions().stream().map(Artifacts::exclusion).toList());
    }

    static DependencyException noVersion(Coordinate coordinate) {
        return DependencyException.wrong(
                coordinate.group() + ":" + coordinate.artifact(),
                coordinate + " has no version and no BOM gives it one: write " + coordinate
                        + ":VERSION, or name a BOM with %maven bom group:artifact:version");
    }
}
