package io.dagshell.kernel.session;

import io.dagshell.kernel.assist.PieceForms;
import io.dagshell.kernel.session.SnippetControl.Invocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.StatementSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * Brings a cell's Java into JShell without running it. Everything is declared first (types and methods before the rest,
 * so they may use each other in any order); if any of it does not compile, all of it is taken back. Guarded by the
 * session's lock.
 */
final class CellCompiler {
    private final JShell shell;
    private final SnippetControl control;
    private final LiveDeclarations live;
    private final FrameLines lines;
    private final Variables variables;
    private final GeneratedClasses generated;
    private final Optional<StatementCompiler> statements;
    private final Learning learning;
    private final TakingBack takingBack;
    private final NarrowView view;
    private @Nullable PieceForms forms;

    CellCompiler(
            JShell shell,
            SnippetControl control,
            SnippetLoader loader,
            LiveDeclarations live,
            FrameLines lines,
            Variables variables,
            OnDemandImports onDemand) {
        this.shell = shell;
        this.control = control;
        this.live = live;
        this.lines = lines;
        this.variables = variables;
        this.generated = GeneratedClasses.of(shell);
        this.statements = StatementCompiler.of(shell, live, generated, loader, onDemand);
        this.learning = new Learning(shell, live, lines, new InferredTypes(statements));
        this.takingBack = new TakingBack(shell, control, live, variables, generated, learning);
        this.view = NarrowView.of(shell, live, onDemand);
    }

    /**
     * A call of compiled code, in the order of the cell.
     *
     * @param snippet what it evaluates; null for a statement that was compiled without one
     * @param shown whether its value is the cell's result
     */
    record Step(Invocation call, @Nullable Snippet snippet, boolean shown) {
        boolean isTemporary() {
            return snippet != null && snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
        }
    }

    /**
     * A cell that is declared and may be run, or what is wrong with it.
     *
     * @param reset variables that lost their value
     * @param broken declarations of other cells that no longer compile
     */
    record Compiled(
            List<Step> steps, List<CompileProblem> problems, List<String> reset, List<String> broken, State before) {}

    /** What was live before a cell. */
    record State(List<Live> declarations, Map<String, String> variableClasses) {}

    /** Declares all pieces; on any problem the session is as it was before. */
    Compiled compile(CellText text, List<Piece> pieces) {
        return compile(text, pieces, Set.of());
    }

    /**
     * As {@link #compile(CellText, List)}.
     *
     * @param anew names of methods of which no earlier overload may stay
     */
    Compiled compile(CellText text, List<Piece> pieces, Set<String> anew) {
        State before = new State(live.all(), variables.classes());
        Work work = new Work(text, pieces);
        dropOverloads(pieces, anew);
        work.declareHoisted();
        work.declareRest();
        work.settle();
        if (!work.problems.isEmpty()) {
            takingBack.rollBack(before);
            return new Compiled(List.of(), List.copyOf(work.problems), List.of(), List.of(), before);
        }
        List<String> reset = variables.keep(before.variableClasses(), work.declaredVariables());
        work.redeclaredOnTheWay().forEach(name -> variables.keepOne(name, before.variableClasses()));
        return new Compiled(work.steps(), List.of(), reset, work.lostSense.inWords(work.declared.keySet()), before);
    }

    private void dropOverloads(List<Piece> pieces, Set<String> anew) {
        List<MethodSnippet> left = Overloads.left(shell, live, pieces, anew);
        if (!left.isEmpty()) {
            left.forEach(takingBack::drop);
            live.prune();
        }
    }

    /** Undoes what cells did. */
    TakingBack takingBack() {
        return takingBack;
    }

    /** Made when a cell of several pieces asks: it starts a compiler. */
    private PieceForms forms() {
        if (forms == null) {
            forms = PieceForms.open();
        }
        return forms;
    }

    /** How many classes javac is shown beside the class path. */
    int generatedClasses() {
        return generated.size();
    }

    /** How many statements took the short way. */
    int statementsInOnePass() {
        return statements.map(StatementCompiler::made).orElse(0);
    }

    /** The evaluation of one cell. */
    private final class Work {
        private final CellText text;
        private final List<Piece> pieces;
        private final Set<Piece> done = new LinkedHashSet<>();
        private final Map<Integer, List<Step>> calls = new TreeMap<>();
        private final Map<Snippet, Piece> declared = new LinkedHashMap<>();
        private final List<CompileProblem> problems = new ArrayList<>();
        private final LostSense lostSense = new LostSense(shell, live);
        private final Map<Piece, PieceForms.Shape> shapes = new HashMap<>();

        Work(CellText text, List<Piece> pieces) {
            this.text = text;
            this.pieces = pieces;
        }

        /** Types and methods first. One that does not compile yet waits for its place in the cell. */
        void declareHoisted() {
            if (pieces.stream().skip(1).allMatch(this::isStatement)) {
                return;
            }
            for (PieceForms.Form form : PieceForms.Form.HOISTED) {
                for (Piece piece : pieces) {
                    if (!done.contains(piece)
                            && shape(piece).form() == form
                            && evaluate(piece).isEmpty()) {
                        done.add(piece);
                    }
                }
            }
        }

        private PieceForms.Shape shape(Piece piece) {
            return shapes.computeIfAbsent(
                    piece, each -> isStatement(each) ? PieceForms.Shape.NONE : forms().of(each.java()));
        }

        /** Whether it declares nothing, by its first and last characters; most others declare something. */
        private boolean isStatement(Piece piece) {
            return StatementForm.of(piece, isShown(piece)).isPresent();
        }

        /** In order; what does not compile is tried again as long as what stands behind it helps. */
        void declareRest() {
            List<Piece> open = new ArrayList<>(pieces);
            open.removeAll(done);
            int before = Integer.MAX_VALUE;
            while (!open.isEmpty() && open.size() < before) {
                before = open.size();
                problems.clear();
                List<Piece> failed = new ArrayList<>();
                for (Piece piece : open) {
                    List<CompileProblem> found = evaluate(piece);
                    problems.addAll(found);
                    if (!found.isEmpty()) {
                        failed.add(piece);
                    }
                }
                open = failed;
            }
        }

        /** Asks what is still undefined, and makes the calls of variables that moved to a newer class. */
        void settle() {
            for (Map.Entry<Snippet, Piece> entry : declared.entrySet()) {
                Snippet snippet = entry.getKey();
                if (snippet instanceof DeclarationSnippet declaration
                        && shell.status(snippet) != Snippet.Status.VALID
                        && live.isActive(snippet)) {
                    problems.addAll(CompileProblem.undefined(shell, declaration, text, entry.getValue()));
                }
            }
            if (problems.isEmpty()) {
                new LinkedHashMap<>(declared).forEach(this::refreshIfMoved);
            }
        }

        private void refreshIfMoved(Snippet snippet, Piece piece) {
            if (!(snippet instanceof VarSnippet) || !live.isActive(snippet)) {
                return;
            }
            String now = live.className(snippet);
            List<Step> made = calls.getOrDefault(piece.offset(), List.of());
            boolean moved = made.stream()
                    .anyMatch(step -> step.snippet() == snippet
                            && !step.call().className().equals(now));
            if (moved) {
                problems.addAll(evaluate(piece));
            }
        }

        /** Gives a piece to JShell; what is wrong with it, or nothing. */
        private List<CompileProblem> evaluate(Piece piece) {
            if (live.isDefaultImport(piece.java())) {
                return List.of();
            }
            var same = live.unchanged(piece.java());
            if (same.isPresent()) {
                moveTo(same.get().snippet(), piece);
                return List.of();
            }
            if (evaluateAsStatement(piece)) {
                return List.of();
            }
            ReplacedImport.by(piece, shell, live).ifPresent(this::dropForAnother);
            List<CompileProblem> found = new ArrayList<>();
            for (SnippetEvent event : view.eval(piece.java(), () -> shape(piece).names())) {
                if (event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED) {
                    found.addAll(CompileProblem.rejected(shell, event.snippet(), text, piece));
                }
                lostSense.learn(event);
                if (event.causeSnippet() == null && event.status().isActive()) {
                    declared.put(event.snippet(), piece);
                }
                learning.learn(event, text, piece.offset());
            }
            live.prune();
            collectCalls(piece, false);
            return found;
        }

        /** Whatever used it loses its sense, till what comes next gives it another. */
        private void dropForAnother(Snippet old) {
            for (SnippetEvent event : shell.drop(old)) {
                lostSense.learn(event);
                learning.learn(event, text, 0);
            }
            control.take();
        }

        /**
         * The short way, which leaves nothing to name and finds no type: JShell compiles a statement once, an expression
         * up to four times. What does not compile so goes the long way, which also says what is wrong.
         */
        private boolean evaluateAsStatement(Piece piece) {
            boolean shown = isShown(piece);
            Optional<String> statement = StatementForm.of(piece, shown);
            if (statement.isEmpty()) {
                return false;
            }
            if (statements.isPresent()) {
                return statements
                        .get()
                        .compile(statement.get(), piece.text())
                        .map(code -> take(code, statement.get(), piece, shown))
                        .isPresent();
            }
            List<SnippetEvent> events = shell.eval(statement.get());
            if (!events.stream()
                    .allMatch(event -> event.causeSnippet() == null
                            && event.snippet() instanceof StatementSnippet
                            && event.status().isActive())) {
                control.take();
                return false;
            }
            for (SnippetEvent event : events) {
                declared.put(event.snippet(), piece);
                learning.learn(event, text, piece.offset());
            }
            collectCalls(piece, shown);
            return true;
        }

        private Step take(StatementCompiler.Code code, String statement, Piece piece, boolean shown) {
            lines.learn(code.call().className(), code.firstLine(), text, piece.offset(), statement);
            Step step = new Step(code.call(), null, shown);
            calls.put(piece.offset(), List.of(step));
            return step;
        }

        private boolean isShown(Piece piece) {
            return piece == pieces.get(pieces.size() - 1) && !piece.isSilenced(text.java());
        }

        private void collectCalls(Piece piece, boolean value) {
            List<Step> steps = new ArrayList<>();
            for (Invocation call : control.take()) {
                Snippet snippet = snippetOf(call, piece);
                boolean expression = snippet instanceof ExpressionSnippet
                        || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
                steps.add(new Step(call, snippet, value || expression && isShown(piece)));
            }
            calls.put(piece.offset(), steps);
        }

        private Snippet snippetOf(Invocation call, Piece piece) {
            Snippet any = null;
            for (Map.Entry<Snippet, Piece> entry : declared.entrySet()) {
                if (entry.getValue() == piece) {
                    any = entry.getKey();
                    String holder = shell.sourceCodeAnalysis().wrapper(any).fullClassName();
                    if (holder.equals(call.className())) {
                        return any;
                    }
                }
            }
            if (any == null) {
                throw new IllegalStateException("a call without a snippet: " + call);
            }
            return any;
        }

        private void moveTo(Snippet snippet, Piece piece) {
            Live moved = new Live(snippet, text, piece.offset());
            live.put(moved);
            if (!(snippet instanceof ImportSnippet)) {
                lines.learn(shell.sourceCodeAnalysis(), moved);
            }
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            calls.values().forEach(steps::addAll);
            return List.copyOf(steps);
        }

        /** Variables that get a new value, and till then have the one before: steps of the cell stand before them. */
        Set<String> redeclaredOnTheWay() {
            Set<String> names = new LinkedHashSet<>();
            steps().stream()
                    .skip(1)
                    .map(Step::snippet)
                    .filter(VarSnippet.class::isInstance)
                    .forEach(snippet -> names.add(((VarSnippet) snippet).name()));
            return names;
        }

        Set<String> declaredVariables() {
            Set<String> names = new LinkedHashSet<>();
            for (Snippet snippet : declared.keySet()) {
                if (snippet instanceof VarSnippet variable) {
                    names.add(variable.name());
                }
            }
            return names;
        }
    }
}
