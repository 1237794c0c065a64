package io.dagshell.kernel.session;

import java.nio.file.Path;

/**
 * A library that cells declared.
 *
 * @param path a jar whose content does not change
 * @param coordinate {@code group:artifact:version}, with {@code :extension[:classifier]} before the version where they
 *     are not plain; empty for a file that came by its path
 * @param sha256 of the jar, hexadecimal
 */
public record Library(Path path, String coordinate, String sha256) {}
