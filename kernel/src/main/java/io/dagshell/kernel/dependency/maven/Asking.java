package io.dagshell.kernel.dependency.maven;

import eu.maveniverse.maven.mima.context.Context;
import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import io.dagshell.kernel.dependency.DependencyResolver.Request;
import io.dagshell.kernel.dependency.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.ConfigurationProperties;
import org.eclipse.aether.DefaultRepositoryCache;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.graph.manager.DependencyManagerUtils;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;

/** The resolver, set up for one request: whom it asks and how. */
final class Asking {
    private static final int SILENCE_MILLIS = 60_000;
    private final Context context;
    private final DefaultRepositorySystemSession session;
    private final List<RemoteRepository> repositories;

    Asking(Context context, boolean offline, Request request, Downloads downloads) {
        this.context = context;
        session = new DefaultRepositorySystemSession(context.repositorySystemSession());
        session.setTransferListener(new TransferTally(downloads));
        session.setCache(new DefaultRepositoryCache());
        // A failure is not remembered: what a person mends in a repository is there at the next try.
        session.setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false));
        session.setOffline(offline);
        if (request.update()) {
            session.setUpdatePolicy(RepositoryPolicy.UPDATE_POLICY_ALWAYS);
        }
        // Versions that lost, and those that were managed, stay in the graph, so that they can be told.
        session.setConfigProperty(ConflictResolver.CONFIG_PROP_VERBOSE, ConflictResolver.Verbosity.STANDARD);
        session.setConfigProperty(DependencyManagerUtils.CONFIG_PROP_VERBOSE, true);
        if (!session.getConfigProperties().containsKey(ConfigurationProperties.REQUEST_TIMEOUT)) {
            session.setConfigProperty(ConfigurationProperties.REQUEST_TIMEOUT, SILENCE_MILLIS);
        }
        repositories = new ArrayList<>(context.remoteRepositories());
        request.repositories().forEach(this::add);
    }

    private void add(Statement.Repository repository) {
        add(new RemoteRepository.Builder(repository.id(), "default", repository.url()).build());
    }

    /** Asks this one too, through the mirror, proxy and login that the settings have for it. */
    void add(RemoteRepository repository) {
        boolean isKnown = repositories.stream()
                .anyMatch(known -> known.getId().equals(repository.getId())
                        || known.getMirroredRepositories().stream()
                                .anyMatch(mirrored -> mirrored.getId().equals(repository.getId())));
        if (!isKnown) {
            repositories.addAll(system().newResolutionRepositories(session, List.of(repository)));
        }
    }

    Context context() {
        return context;
    }

    RepositorySystem system() {
        return context.repositorySystem();
    }

    DefaultRepositorySystemSession session() {
        return session;
    }

    /** A session in which a missing or broken pom is an error. */
    RepositorySystemSession strict() {
        DefaultRepositorySystemSession strict = new DefaultRepositorySystemSession(session);
        strict.setArtifactDescriptorPolicy(
                new org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy(false, false));
        return strict;
    }

    List<RemoteRepository> repositories() {
        return repositories;
    }
}
