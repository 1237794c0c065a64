package io.dagshell.engine.model;

import java.util.Optional;

/**
 * One typed input of a task or flow.
 *
 * @param name the Java parameter name
 * @param type the canonical Java type with type arguments, all names fully qualified, such as {@code int} or
 *     {@code java.util.List<java.lang.Integer>}
 * @param description one line for forms and help, from the trailing comment in the {@code %%params} cell
 */
public record Parameter(String name, String type, Optional<String> description) {}
