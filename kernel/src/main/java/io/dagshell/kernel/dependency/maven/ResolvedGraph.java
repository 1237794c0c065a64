package io.dagshell.kernel.dependency.maven;

import io.dagshell.kernel.dependency.DependencyResolver.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.util.graph.manager.DependencyManagerUtils;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;

/**
 * The dependency graph after conflicts were settled.
 *
 * @param nodes new jars, in class path order (Maven's: what is asked for, each before what it needs)
 * @param parents who asked for a node, by key
 * @param notes sentences about versions that were chosen
 */
record ResolvedGraph(List<DependencyNode> nodes, Map<String, String> parents, List<String> notes) {

    static ResolvedGraph of(DependencyNode root, Request request) {
        Walk walk = new Walk(request.loaded());
        root.getChildren().forEach(child -> walk.visit(child, ""));
        return new ResolvedGraph(List.copyOf(walk.nodes.values()), walk.parents, List.copyOf(walk.notes));
    }

    /** Who needs an artifact; empty if it was asked for by name. */
    Optional<String> parent(Artifact artifact) {
        return Optional.ofNullable(parents.get(Artifacts.key(artifact))).filter(name -> !name.isEmpty());
    }

    /** Depth first, as Maven orders a class path. */
    private static final class Walk {
        private final Map<String, String> loaded;
        private final Map<String, DependencyNode> nodes = new LinkedHashMap<>();
        private final Map<String, String> parents = new LinkedHashMap<>();
        private final Set<String> notes = new LinkedHashSet<>();

        Walk(Map<String, String> loaded) {
            this.loaded = loaded;
        }

        void visit(DependencyNode node, String parent) {
            Artifact artifact = node.getArtifact();
            String key = Artifacts.key(artifact);
            Object winner = node.getData().get(ConflictResolver.NODE_DATA_WINNER);
            if (winner instanceof DependencyNode chosen) {
                lost(key, artifact, chosen.getArtifact(), parent);
                return;
            }
            String managed = DependencyManagerUtils.getPremanagedVersion(node);
            if (managed != null && !managed.equals(artifact.getVersion())) {
                String why = loaded.containsKey(key) ? ", which is loaded," : ", as a BOM says,";
                notes.add(key + " " + artifact.getVersion() + why + " instead of " + managed + by(parent));
            }
            if (!loaded.containsKey(key) && !artifact.getExtension().equals("pom")) {
                nodes.putIfAbsent(key, node);
                parents.putIfAbsent(key, parent);
            }
            for (DependencyNode child : new ArrayList<>(node.getChildren())) {
                visit(child, Artifacts.coordinate(artifact).toString());
            }
        }

        private void lost(String key, Artifact loser, Artifact winner, String parent) {
            if (!winner.getVersion().equals(loser.getVersion())) {
                notes.add(key + " " + winner.getVersion() + " instead of " + loser.getVersion() + by(parent));
            }
        }

        private static String by(String parent) {
            return parent.isEmpty() ? "" : " (for " + parent + ")";
        }
    }
}
