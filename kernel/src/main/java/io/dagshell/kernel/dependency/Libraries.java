package io.dagshell.kernel.dependency;

import io.dagshell.kernel.dependency.DependencyResolver.Downloads;
import io.dagshell.kernel.dependency.DependencyResolver.Found;
import io.dagshell.kernel.dependency.DependencyResolver.Request;
import io.dagshell.kernel.dependency.DependencyResolver.Resolution;
import io.dagshell.kernel.session.CellProblem;
import io.dagshell.kernel.session.Library;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The libraries of one notebook: what its cells declared so far, and the jars that came of it. BOMs and repositories hold
 * for all later cells. Guarded by itself.
 *
 * <pre>{@code
 * Added added = libraries.add(CellStatements.of("%maven org.jsoup:jsoup:1.17.2"), downloads);
 * }</pre>
 */
public final class Libraries implements AutoCloseable {
    private final MavenSettings settings;
    private final JarFiles files;
    private final Map<String, String> loaded = new LinkedHashMap<>();
    private final List<Library> all = new ArrayList<>();
    private final List<Statement.Bom> boms = new ArrayList<>();
    private final List<Statement.Repository> repositories = new ArrayList<>();
    private @Nullable DependencyResolver resolver;

    /** {@code keeper} keeps copies of jars that may change. */
    public Libraries(MavenSettings settings, JarKeeper keeper) {
        this.settings = settings;
        this.files = new JarFiles(keeper);
    }

    /**
     * What a cell brought.
     *
     * @param libraries that were not there before, in class path order
     * @param notes sentences about versions that were chosen
     */
    public record Added(List<Library> libraries, List<String> notes) {
        public Added {
            libraries = List.copyOf(libraries);
            notes = List.copyOf(notes);
        }
    }

    /** All libraries, in class path order. */
    public synchronized List<Library> all() {
        return List.copyOf(all);
    }

    /**
     * Resolves what a cell declares; nothing changes if any of it cannot be had.
     *
     * @throws CellProblem at the line that cannot be had
     */
    public synchronized Added add(CellStatements cell, Downloads downloads) {
        List<Library> added = new ArrayList<>();
        List<Statement.Bom> allBoms = with(boms, cell, Statement.Bom.class);
        List<Statement.Repository> allRepositories = with(repositories, cell, Statement.Repository.class);
        Request request = new Request(
                with(List.of(), cell, Statement.Jar.class),
                with(List.of(), cell, Statement.Pom.class),
                allBoms,
                allRepositories,
                loaded,
                settings.provided(),
                cell.offline(),
                cell.update());
        Resolution resolution = resolve(cell, request, downloads);
        for (Found found : resolution.found()) {
            added.add(files.library(found));
        }
        for (Statement.ClassPath path : with(List.of(), cell, Statement.ClassPath.class)) {
            added.addAll(files.libraries(path));
        }
        added.removeIf(library -> all.stream().anyMatch(known -> known.path().equals(library.path())));
        remember(allBoms, allRepositories, resolution, added);
        return new Added(added, resolution.notes());
    }

    private void remember(
            List<Statement.Bom> allBoms,
            List<Statement.Repository> allRepositories,
            Resolution resolution,
            List<Library> added) {
        replace(boms, allBoms);
        replace(repositories, allRepositories);
        resolution
                .found()
                .forEach(found ->
                        loaded.put(found.coordinate().key(), found.coordinate().version()));
        all.addAll(added);
    }

    private static <T> void replace(List<T> list, List<T> content) {
        list.clear();
        list.addAll(content);
    }

    private static <T extends Statement> List<T> with(List<T> before, CellStatements cell, Class<T> kind) {
        Set<T> found = new LinkedHashSet<>(before);
        cell.statements().stream().filter(kind::isInstance).map(kind::cast).forEach(found::add);
        return List.copyOf(found);
    }

    private Resolution resolve(CellStatements cell, Request request, Downloads downloads) {
        boolean asksNothing = request.jars().isEmpty()
                && request.poms().isEmpty()
                && cell.statements().stream().noneMatch(Statement.Bom.class::isInstance);
        if (asksNothing) {
            return new Resolution(List.of(), List.of());
        }
        try {
            return resolver().resolve(request, downloads);
        } catch (DependencyException failure) {
            throw new CellProblem(line(cell, failure), 1, String.valueOf(failure.getMessage()));
        }
    }

    private static int line(CellStatements cell, DependencyException failure) {
        int first = cell.statements().get(0).line();
        for (Statement statement : cell.statements()) {
            if (failure.about().isPresent() && names(statement, failure.about().get())) {
                return statement.line();
            }
            if (failure.about().isEmpty() && statement instanceof Statement.Pom) {
                return statement.line();
            }
        }
        return first;
    }

    private static boolean names(Statement statement, String about) {
        Coordinate coordinate = null;
        if (statement instanceof Statement.Jar jar) {
            coordinate = jar.coordinate();
        } else if (statement instanceof Statement.Bom bom) {
            coordinate = bom.coordinate();
        }
        return coordinate != null && about.equals(coordinate.group() + ":" + coordinate.artifact());
    }

    private DependencyResolver resolver() {
        DependencyResolver open = resolver;
        if (open == null) {
            open = ResolverLoader.open(settings);
            resolver = open;
        }
        return open;
    }

    /** What the local repository holds: {@code group:artifact} to its versions, newest first. */
    public synchronized SortedMap<String, List<String>> local() {
        return resolver().local();
    }

    @Override
    public synchronized void close() {
        if (resolver != null) {
            resolver.close();
            resolver = null;
        }
    }
}
