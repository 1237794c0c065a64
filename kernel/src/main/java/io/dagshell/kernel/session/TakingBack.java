package io.dagshell.kernel.session;

import io.dagshell.kernel.session.CellCompiler.Compiled;
import io.dagshell.kernel.session.CellCompiler.State;
import io.dagshell.kernel.session.CellCompiler.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/** Takes back what cells declared, with the values of variables where their types allow. Guarded by the session's lock. */
final class TakingBack {
    private final JShell shell;
    private final SnippetControl control;
    private final LiveDeclarations live;
    private final Variables variables;
    private final GeneratedClasses generated;
    private final Learning learning;

    TakingBack(
            JShell shell,
            SnippetControl control,
            LiveDeclarations live,
            Variables variables,
            GeneratedClasses generated,
            Learning learning) {
        this.shell = shell;
        this.control = control;
        this.live = live;
        this.variables = variables;
        this.generated = generated;
        this.learning = learning;
    }

    /** Makes the session what it was, values included as far as their types still are. */
    void rollBack(State before) {
        Set<Snippet> kept = new LinkedHashSet<>();
        before.declarations().forEach(declaration -> kept.add(declaration.snippet()));
        List<Live> now = live.all();
        for (int i = now.size() - 1; i >= 0; i--) {
            if (!kept.contains(now.get(i).snippet())) {
                drop(now.get(i).snippet());
            }
        }
        for (Live old : before.declarations()) {
            if (!live.isActive(old.snippet())) {
                declareAgain(old);
            } else {
                live.put(old);
            }
        }
        live.prune();
        control.take();
        variables.keep(before.variableClasses(), Set.of());
    }

    /** Takes back the variables of steps that did not run, after one before them failed. */
    void takeBack(Compiled compiled, List<Step> notRun) {
        for (Step step : notRun) {
            if (step.snippet() instanceof VarSnippet variable && live.isActive(variable)) {
                takeBack(compiled.before(), variable);
            }
        }
        live.prune();
        control.take();
    }

    private void takeBack(State before, VarSnippet variable) {
        drop(variable);
        for (Live old : before.declarations()) {
            if (old.snippet() instanceof VarSnippet earlier && earlier.name().equals(variable.name())) {
                declareAgain(old);
                variables.keepOne(variable.name(), before.variableClasses());
            }
        }
    }

    /** Forgets what expressions and statements left, which nobody can name and which slows every later cell. */
    void dropTemporary(List<Step> steps) {
        for (Step step : steps) {
            Snippet snippet = step.snippet();
            if (snippet == null) {
                continue;
            }
            if (step.isTemporary()) {
                drop(snippet);
            }
            if (step.isTemporary() || !snippet.kind().isPersistent()) {
                generated.forget(step.call().className());
            }
        }
        control.take();
    }

    /** Forgets what cells declared, values included; what the session began with stays. */
    int forgetCells() {
        List<Live> ofCells = live.all().stream()
                .filter(each -> each.text().cell().number() > 0)
                .toList();
        variables.clear();
        for (int i = ofCells.size() - 1; i >= 0; i--) {
            drop(ofCells.get(i).snippet());
        }
        live.prune();
        control.take();
        return ofCells.size();
    }

    void drop(Snippet snippet) {
        if (live.isActive(snippet)) {
            shell.drop(snippet);
        }
    }

    private void declareAgain(Live old) {
        for (SnippetEvent event : shell.eval(old.snippet().source())) {
            learning.learn(event, old.text(), old.offset());
        }
        control.take();
    }
}
