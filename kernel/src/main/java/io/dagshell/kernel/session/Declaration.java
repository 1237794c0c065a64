package io.dagshell.kernel.session;

/**
 * A live declaration of the session.
 *
 * @param kind what it is
 * @param name simple name; for an import the imported name as written
 * @param signature for a method its parameter types as JShell gives them, otherwise empty
 * @param source its Java text, after extensions transformed it
 * @param cell number of the cell that declared it last
 * @param line its first line in that cell, from 1
 * @param className binary name of the class JShell currently compiled it into; changes whenever it, or something it
 *     depends on, is redefined; empty if it has none (imports)
 */
public record Declaration(
        Kind kind, String name, String signature, String source, int cell, int line, String className) {
    /** Kinds of declarations. */
    public enum Kind {
        IMPORT,
        METHOD,
        TYPE,
        VARIABLE
    }
}
