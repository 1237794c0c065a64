package io.dagshell.engine.cache;

/**
 * The semantic version of a facade that tasks use ({@code Tables}, {@code Blocks}): raised when the same call may give
 * another result, so that results computed by the older one are not used.
 */
public record FacadeVersion(String facade, String version) {}
