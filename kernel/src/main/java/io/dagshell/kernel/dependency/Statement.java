package io.dagshell.kernel.dependency;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One thing a cell says about libraries. */
public sealed interface Statement {

    /** Line in the cell, from 1. */
    int line();

    /** {@code %maven g:a:v --exclude g:a}: a library and what it needs, without what is excluded ({@code *} allowed). */
    record Jar(int line, Coordinate coordinate, List<String> exclusions) implements Statement {
        public Jar {
            exclusions = List.copyOf(exclusions);
        }
    }

    /** {@code %maven bom g:a:v}: versions for libraries that are named without, and for those they need. */
    record Bom(int line, Coordinate coordinate) implements Statement {}

    /** {@code %mavenRepo id url}. */
    record Repository(int line, String id, String url) implements Statement {}

    /** {@code %classpath path}: a jar, a folder of classes, or a folder's {@code *.jar}. */
    record ClassPath(int line, String path) implements Statement {}

    /**
     * {@code %loadFromPOM}: the dependencies, managed versions and repositories of a pom or a piece of one.
     *
     * @param file of the pom; empty for {@code text}
     * @param scopes of the dependencies that are wanted
     */
    record Pom(int line, Optional<String> file, String text, Set<String> scopes) implements Statement {
        public Pom {
            scopes = Set.copyOf(scopes);
        }
    }
}
