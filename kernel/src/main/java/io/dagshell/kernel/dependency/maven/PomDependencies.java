package io.dagshell.kernel.dependency.maven;

import eu.maveniverse.maven.mima.extensions.mmr.MavenModelReader;
import eu.maveniverse.maven.mima.extensions.mmr.ModelRequest;
import io.dagshell.kernel.dependency.DependencyException;
import io.dagshell.kernel.dependency.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Model;
import org.apache.maven.model.Repository;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;

/** What a pom asks for, with its parents, properties, profiles and imported BOMs applied. */
record PomDependencies(List<Dependency> dependencies, List<Dependency> managed) {
    private static final String CENTRAL = "central";

    static PomDependencies read(Statement.Pom pom, Asking asking) {
        if (pom.file().isPresent()) {
            return read(Path.of(pom.file().get()).toAbsolutePath(), pom, asking);
        }
        try {
            Path file = Files.createTempFile("dagshell-", ".pom");
            try {
                Files.writeString(file, PomText.whole(pom.text()));
                return read(file, pom, asking);
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static PomDependencies read(Path file, Statement.Pom pom, Asking asking) {
        if (!Files.isRegularFile(file)) {
            throw DependencyException.wrong("", "there is no file " + file);
        }
        try {
            var response = new MavenModelReader(asking.context())
                    .readModel(ModelRequest.builder()
                            .setPomFile(file)
                            .setRepositories(asking.repositories())
                            .setRequestContext("pom")
                            .build());
            Model model = response.getEffectiveModel();
            model.getRepositories().forEach(repository -> add(repository, asking));
            ArtifactDescriptorResult descriptor = response.toArtifactDescriptorResult(model);
            return new PomDependencies(
                    descriptor.getDependencies().stream()
                            .filter(each -> pom.scopes().contains(each.getScope()))
                            .map(each -> each.setOptional(false).setScope("compile"))
                            .toList(),
                    descriptor.getManagedDependencies());
        } catch (RepositoryException unusable) {
            throw new Explanation(asking).ofPom(unusable);
        }
    }

    private static void add(Repository repository, Asking asking) {
        if (!repository.getId().equals(CENTRAL)) {
            asking.add(new RemoteRepository.Builder(repository.getId(), "default", repository.getUrl()).build());
        }
    }
}
