package io.dagshell.kernel.dependency;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Finds the jars behind coordinates. Used by one thread at a time. */
public interface DependencyResolver extends AutoCloseable {

    /**
     * Resolves what is asked for, and all it needs, against what is loaded already.
     *
     * @throws DependencyException it cannot be had
     */
    Resolution resolve(Request request, Downloads downloads);

    /** What the local repository holds: {@code group:artifact} to its versions, newest first. */
    SortedMap<String, List<String>> local();

    @Override
    void close();

    /**
     * What to resolve.
     *
     * @param jars asked for now
     * @param poms asked for now
     * @param boms asked for so far
     * @param repositories asked for so far
     * @param loaded jars of the session: {@link Coordinate#key()} to version
     * @param provided artifacts that are never loaded, because the product has them: {@code group:artifact}
     */
    record Request(
            List<Statement.Jar> jars,
            List<Statement.Pom> poms,
            List<Statement.Bom> boms,
            List<Statement.Repository> repositories,
            Map<String, String> loaded,
            List<String> provided,
            boolean offline,
            boolean update) {
        public Request {
            jars = List.copyOf(jars);
            poms = List.copyOf(poms);
            boms = List.copyOf(boms);
            repositories = List.copyOf(repositories);
            loaded = Map.copyOf(loaded);
            provided = List.copyOf(provided);
        }
    }

    /**
     * What came of it.
     *
     * @param found new jars, in class path order
     * @param notes sentences about versions that were chosen
     */
    record Resolution(List<Found> found, List<String> notes) {
        public Resolution {
            found = List.copyOf(found);
            notes = List.copyOf(notes);
        }
    }

    /** A jar in the local repository. */
    record Found(Coordinate coordinate, Path file) {}

    /** Hears of downloads, from any thread. */
    interface Downloads {

        /** Some bytes of a file came. */
        void progressed(String file, long bytes);

        /** A file is complete. */
        void finished(String file);

        /** Whether nobody waits for it any more. */
        boolean isCancelled();
    }
}
