package io.dagshell.magics.closure;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.dagshell.engine.model.FlowGraph;
import io.dagshell.engine.model.Kind;
import io.dagshell.engine.model.TaskName;
import io.dagshell.magics.closure.Attribution.Entry;
import io.dagshell.magics.header.CellKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a flow's source which calls it makes and which values travel between them: through arguments, local
 * variables and lambdas. What a scan answers is the set of calls whose values the tree may hold.
 */
final class GraphReader extends TreePathScanner<Set<String>, @Nullable Void> {
    private final Attribution attribution;
    private final List<FlowGraph.Node> nodes = new ArrayList<>();
    private final Set<FlowGraph.Edge> edges = new LinkedHashSet<>();
    private final Map<Element, Set<String>> held = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    /** The loops around the place the scan is at, outermost first, each by its number. */
    private final Deque<Integer> loops = new ArrayDeque<>();
    /** The loops around each call. */
    private final Map<String, List<Integer>> loopsOf = new HashMap<>();

    private int loopsSeen;

    private GraphReader(Attribution attribution) {
        this.attribution = attribution;
    }

    static FlowGraph read(Declared flow, Attribution attribution) {
        GraphReader reader = new GraphReader(attribution);
        attribution.entry(flow).ifPresent(entry -> reader.scan(entry.path(), null));
        return new FlowGraph(reader.nodes, List.copyOf(reader.edges));
    }

    @Override
    public Set<String> reduce(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (one == null || one.isEmpty()) {
            return other == null ? Set.of() : other;
        }
        Set<String> both = new LinkedHashSet<>(one);
        both.addAll(other == null ? Set.of() : other);
        return both;
    }

    private Set<String> sources(@Nullable Tree tree) {
        Set<String> found = scan(tree, null);
        return found == null ? Set.of() : found;
    }

    @Override
    public Set<String> visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
        Element called = attribution.trees.getElement(getCurrentPath());
        Optional<Entry> task = attribution
                .owner(called)
                .filter(entry -> entry.declared().headed().isPresent());
        boolean repeats = called != null
                && called.getSimpleName().contentEquals("map")
                && String.valueOf(called.getEnclosingElement()).equals("io.dagshell.engine.Dag");
        Set<String> inputs = new LinkedHashSet<>(sources(tree.getMethodSelect()));
        if (repeats) {
            enterLoop();
        }
        for (Tree argument : tree.getArguments()) {
            if (argument instanceof LambdaExpressionTree lambda && !inputs.isEmpty()) {
                Set<String> given = Set.copyOf(inputs);
                lambda.getParameters().forEach(parameter -> hold(parameter, given));
            }
            inputs.addAll(sources(argument));
        }
        if (repeats) {
            loops.removeLast();
        }
        return task.map(entry -> call(entry, inputs)).orElse(inputs);
    }

    @Override
    public Set<String> visitMemberReference(MemberReferenceTree tree, @Nullable Void none) {
        Element called = attribution.trees.getElement(getCurrentPath());
        return attribution
                .owner(called)
                .filter(entry -> entry.declared().headed().isPresent())
                .map(entry -> call(entry, Set.of()))
                .orElseGet(Set::of);
    }

    private Set<String> call(Entry entry, Set<String> inputs) {
        String name = entry.declared().member().name();
        int times = calls.merge(name, 1, Integer::sum);
        String id = times == 1 ? name : name + "-" + times;
        Kind kind = entry.declared().headed().orElseThrow().header().kind() == CellKind.FLOW ? Kind.FLOW : Kind.TASK;
        nodes.add(new FlowGraph.Node(id, new TaskName(name), kind, !loops.isEmpty()));
        loopsOf.put(id, List.copyOf(loops));
        inputs.forEach(from -> edges.add(new FlowGraph.Edge(from, id, isManyFor(from))));
        return Set.of(id);
    }

    /** Whether the place the scan is at may be come to again with the same value of that call. */
    private boolean isManyFor(String from) {
        List<Integer> made = loopsOf.getOrDefault(from, List.of());
        List<Integer> here = List.copyOf(loops);
        return here.size() > made.size() || !made.subList(0, here.size()).equals(here);
    }

    private void enterLoop() {
        loops.addLast(++loopsSeen);
    }

    private void hold(Tree variable, Set<String> sources) {
        Element element = attribution.trees.getElement(new TreePath(getCurrentPath(), variable));
        if (element != null && !sources.isEmpty()) {
            held.computeIfAbsent(element, key -> new HashSet<>()).addAll(sources);
        }
    }

    @Override
    public Set<String> visitVariable(VariableTree tree, @Nullable Void none) {
        Set<String> sources = sources(tree.getInitializer());
        Element element = attribution.trees.getElement(getCurrentPath());
        if (element != null && !sources.isEmpty()) {
            held.computeIfAbsent(element, key -> new HashSet<>()).addAll(sources);
        }
        return Set.of();
    }

    @Override
    public Set<String> visitAssignment(AssignmentTree tree, @Nullable Void none) {
        Set<String> sources = sources(tree.getExpression());
        hold(tree.getVariable(), sources);
        return sources;
    }

    @Override
    public Set<String> visitIdentifier(IdentifierTree tree, @Nullable Void none) {
        Element element = attribution.trees.getElement(getCurrentPath());
        return element == null ? Set.of() : held.getOrDefault(element, Set.of());
    }

    @Override
    public Set<String> visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void none) {
        hold(tree.getVariable(), sources(tree.getExpression()));
        enterLoop();
        sources(tree.getStatement());
        loops.removeLast();
        return Set.of();
    }

    @Override
    public Set<String> visitForLoop(ForLoopTree tree, @Nullable Void none) {
        enterLoop();
        Set<String> found = super.visitForLoop(tree, none);
        loops.removeLast();
        return found == null ? Set.of() : found;
    }

    @Override
    public Set<String> visitWhileLoop(WhileLoopTree tree, @Nullable Void none) {
        enterLoop();
        Set<String> found = super.visitWhileLoop(tree, none);
        loops.removeLast();
        return found == null ? Set.of() : found;
    }

    @Override
    public Set<String> visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void none) {
        enterLoop();
        Set<String> found = super.visitDoWhileLoop(tree, none);
        loops.removeLast();
        return found == null ? Set.of() : found;
    }
}
