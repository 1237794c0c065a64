package io.dagshell.kernel.assist;

/**
 * What may stand at the cursor.
 *
 * @param text what replaces what was typed
 * @param kind as Jupyter names it: {@code function}, {@code class}, {@code instance}, {@code keyword}, {@code module},
 *     {@code path}
 * @param signature parameters and type, or empty
 */
public record Candidate(String text, String kind, String signature) {}
