package io.dagshell.kernel.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The seam between the kernel, which knows Java, and what a product adds: cells with headers, magics, renderers. Each
 * part is optional. Methods are called on the session's thread unless they say otherwise.
 */
public interface KernelExtension {

    /** Called once, before the first cell. */
    default void opened(SessionContext session) {}

    /** Import declarations every session starts with: {@code import java.util.*;}. */
    default List<String> defaultImports() {
        return List.of();
    }

    /**
     * What has to be there before the cell is compiled: libraries it declares.
     *
     * @return empty if nothing has
     * @throws CellProblem the cell is refused
     */
    default Optional<Preparation> prepare(CellRequest cell) {
        return Optional.empty();
    }

    /**
     * Work before a cell is compiled, and what is left of the cell then.
     *
     * @param work runs on the cell's thread, outside {@link #around}; the cell fails as it fails
     * @param remaining the cell's text with what is dealt with blanked, so that no offset moves
     */
    record Preparation(Callable<?> work, String remaining) {}

    /**
     * Turns a cell into Java, if it is one of this extension's.
     *
     * @return empty if the cell is not this extension's
     * @throws CellProblem the cell is refused
     */
    default Optional<TransformedCell> transform(CellRequest cell) {
        return Optional.empty();
    }

    /**
     * A lenient {@link #transform} for completion and inspection: never throws, does its best on unfinished text.
     */
    default Optional<TransformedCell> transformForAssist(String text) {
        return Optional.empty();
    }

    /**
     * Names of methods that this cell declares anew: every earlier declaration of them, whatever its parameters, is
     * dropped before the cell's own are made, so that no old overload stays. Asked after {@link #transform}.
     */
    default Set<String> supersedes(CellRequest cell) {
        return Set.of();
    }

    /** The cell compiles as a whole and is about to run; may refuse it by throwing {@link CellProblem}. */
    default void checked(CellRequest cell) {}

    /** Wraps the running of a cell's code on the cell's thread; closed when it ends, however it ends. */
    default AutoCloseable around(CellRequest cell) {
        return () -> {};
    }

    /** The cell ran without error; its declarations are live. May display. */
    default void completed(CellRequest cell) {}

    /** The cell was refused, failed or was stopped; what it did not come to is as it was before. */
    default void failed(CellRequest cell) {}

    /**
     * Where in the text of a cell of this extension's it went wrong while it ran, for what knows no line of Java: a
     * statement of SQL that the database refuses. Such a failure is shown like one of the compiler.
     *
     * @return empty if the exception says nothing about the cell's own text
     */
    default Optional<CellProblem> placeOf(CellRequest cell, Throwable thrown) {
        return Optional.empty();
    }

    /** The person interrupts; called on the control thread, before the cell's thread is stopped. */
    default void interrupted() {}

    /** Line magics by name without the percent sign; {@code !} by that sign. */
    default Map<String, LineMagic> lineMagics() {
        return Map.of();
    }

    /** Cell magics by name without the percent signs, for cells that {@link #transform} did not take. */
    default Map<String, CellMagic> cellMagics() {
        return Map.of();
    }

    /**
     * Help for magics as they are typed ({@code %env}, {@code %%bash}, {@code !}): a line that says how to write it, an
     * empty line, what it does.
     */
    default Map<String, String> magicHelp() {
        return Map.of();
    }

    /** What the word at the cursor is, in a header of this extension's; empty for any other text. Never throws. */
    default Optional<String> inspect(String text, int offset) {
        return Optional.empty();
    }

    /** What a value is, in a few words, for a list of variables: {@code 7 rows × 2 columns}. Runs no user code. */
    default Optional<String> describe(Object value) {
        return Optional.empty();
    }

    /** Completions for a header or magic at the cursor; empty list if it is not this extension's. */
    default List<Suggestion> complete(String text, int offset) {
        return List.of();
    }

    /** How a value shows itself; empty for values of others. */
    default Optional<Map<String, String>> render(Object value) {
        return Optional.empty();
    }

    /** Whether a stack frame's class belongs to this product's machinery and is left out of what people see. */
    default boolean hidesFrame(String className) {
        return false;
    }

    /** {@code %name arguments}; what it returns is shown as the line's value, or nothing if empty. */
    interface LineMagic {
        Optional<Object> run(String arguments) throws Exception;
    }

    /** {@code %%name arguments} over a body. */
    interface CellMagic {
        Optional<Object> run(String arguments, String body) throws Exception;
    }

    /**
     * A completion.
     *
     * @param start offset in UTF-16 units where the replaced text begins
     * @param text replacement
     * @param type as Jupyter metadata names it: {@code keyword}, {@code magic}, {@code function}
     * @param description signature or one line of help
     */
    record Suggestion(int start, String text, String type, String description) {}
}
