package io.dagshell.kernel.assist;

/**
 * What a name in Java text is.
 *
 * @param name simple name
 * @param face its declaration in one line or, with overloads, several
 * @param documentation of its author; empty if there is none to be had
 * @param link page with its documentation; empty if unknown
 * @param variable whether the session holds a value under that name
 */
public record Found(String name, String face, Documentation documentation, String link, boolean variable) {}
