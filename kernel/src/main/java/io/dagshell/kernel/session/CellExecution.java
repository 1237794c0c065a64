package io.dagshell.kernel.session;

import io.dagshell.kernel.session.CellCompiler.Compiled;
import io.dagshell.kernel.session.CellCompiler.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import org.jspecify.annotations.Nullable;

/** What happens to a cell, step by step. Guarded by the session's lock. */
final class CellExecution {
    private final List<KernelExtension> extensions;
    private final SourceCodeAnalysis analysis;
    private final CellCompiler compiler;
    private final CellRunner runner;
    private final ErrorReport errors;
    private final ClassLoader loader;
    private final Magics magics;
    private final Runnable publish;

    CellExecution(
            List<KernelExtension> extensions,
            SourceCodeAnalysis analysis,
            CellCompiler compiler,
            CellRunner runner,
            ErrorReport errors,
            ClassLoader loader,
            Magics magics,
            Runnable publish) {
        this.extensions = extensions;
        this.analysis = analysis;
        this.compiler = compiler;
        this.runner = runner;
        this.errors = errors;
        this.loader = loader;
        this.magics = magics;
        this.publish = publish;
    }

    /** Runs a cell to its end, or throws a {@link CellFailure} or {@link CellProblem}. */
    void run(CellRun run) throws InterruptedException {
        boolean well = false;
        try {
            runAll(run);
            well = true;
        } finally {
            if (!well) {
                extensions.forEach(extension -> extension.failed(run.cell()));
            }
            run.awaits(Steps.NONE);
        }
    }

    private void runAll(CellRun run) throws InterruptedException {
        CellRequest cell = run.cell();
        MagicLines.requireHeaderFirst(cell.text());
        String remaining = prepare(run);
        Optional<TransformedCell> transformed = transform(cell);
        if (transformed.isPresent()) {
            runJava(
                    run,
                    new CellText(cell, transformed.get()),
                    0,
                    transformed.get().java());
        } else if (Magics.isCellMagic(cell.text())) {
            runCellMagic(run);
        } else {
            runSegments(run, remaining);
        }
        for (KernelExtension extension : extensions) {
            extension.completed(cell);
        }
    }

    /** What extensions left of the cell's text for segments of Java and magics. */
    private String prepare(CellRun run) throws InterruptedException {
        CellRequest left = run.cell();
        for (KernelExtension extension : extensions) {
            Optional<KernelExtension.Preparation> preparation = extension.prepare(left);
            if (preparation.isPresent()) {
                runner.runBare(run, preparation.get().work());
                left = new CellRequest(
                        left.source(), left.number(), preparation.get().remaining());
            }
        }
        return left.text();
    }

    /** Evaluates a cell that is one expression, as if at the end of the cell that just ran. */
    void evaluate(CellRun run) throws InterruptedException {
        String java = run.cell().text();
        runJava(run, new CellText(run.cell(), TransformedCell.unchanged(java)), 0, java);
    }

    private Optional<TransformedCell> transform(CellRequest cell) {
        for (KernelExtension extension : extensions) {
            Optional<TransformedCell> transformed = extension.transform(cell);
            if (transformed.isPresent()) {
                return transformed;
            }
        }
        return Optional.empty();
    }

    private void runSegments(CellRun run, String remaining) throws InterruptedException {
        List<Segment> segments = Segment.split(remaining);
        magics.requireKnown(run.cell(), segments);
        CellText text = new CellText(run.cell(), TransformedCell.unchanged(remaining));
        for (Segment segment : segments) {
            if (segment.isMagic()) {
                runLineMagic(run, segment, segment == segments.get(segments.size() - 1));
            } else {
                runJava(run, text, segment.offset(), segment.text());
            }
        }
    }

    /** @param last whether its value is the cell's; a cell has one */
    private void runLineMagic(CellRun run, Segment segment, boolean last) throws InterruptedException {
        if (segment.magic().equals("time")) {
            int offset = run.cell().text().indexOf(segment.text(), segment.offset());
            runTimed(run, offset, segment.text());
            return;
        }
        KernelExtension.LineMagic magic = magics.line(segment.magic());
        int before =
                new CellText(run.cell(), TransformedCell.unchanged(run.cell().text()))
                                .position(segment.offset())
                                .line()
                        - 1;
        runner.run(run, () -> show(run, runMagic(magic, segment.text(), before), last));
    }

    /** A problem of a magic counts its lines from the magic's own. */
    private static Optional<Object> runMagic(KernelExtension.LineMagic magic, String arguments, int before)
            throws Exception {
        try {
            return magic.run(arguments);
        } catch (CellProblem problem) {
            throw new CellProblem(problem.line() + before, problem.column(), String.valueOf(problem.getMessage()));
        }
    }

    private void runCellMagic(CellRun run) throws InterruptedException {
        Segment segment = Magics.cellMagic(run.cell().text());
        if (segment.magic().equals("time")) {
            runTimed(run, segment.offset(), run.cell().text().substring(segment.offset()));
            return;
        }
        KernelExtension.CellMagic magic = magics.cell(run.cell(), segment.magic());
        String body = run.cell().text().substring(segment.offset());
        runner.run(run, () -> show(run, magic.run(segment.text(), body), true));
    }

    private void runTimed(CellRun run, int offset, String java) throws InterruptedException {
        CellText text =
                new CellText(run.cell(), TransformedCell.unchanged(run.cell().text()));
        long start = System.nanoTime();
        try {
            runJava(run, text, offset, java);
        } finally {
            run.output().stdout("time: %.1f ms%n".formatted((System.nanoTime() - start) / 1e6));
        }
    }

    private static @Nullable Object show(CellRun run, Optional<Object> value, boolean last) {
        value.map(run.rendering()::render).ifPresent(bundle -> {
            if (last) {
                run.output().result(bundle);
            } else {
                run.output().display(bundle, Optional.empty());
            }
        });
        return null;
    }

    private void runJava(CellRun run, CellText text, int offset, String java) throws InterruptedException {
        Set<String> anew = extensions.stream()
                .flatMap(extension -> extension.supersedes(run.cell()).stream())
                .collect(Collectors.toSet());
        Compiled compiled = compiler.compile(text, Piece.split(analysis, java, offset), anew);
        if (!compiled.problems().isEmpty()) {
            throw CellFailure.failed(errors.compile(compiled.problems()));
        }
        publish.run();
        askExtensions(run, compiled);
        warn(run, "reset, because its type changed: ", compiled.reset());
        warn(run, "no longer compiles: ", compiled.broken());
        try {
            runSteps(run, compiled);
        } finally {
            compiler.takingBack().dropTemporary(compiled.steps());
            publish.run();
        }
    }

    private static void warn(CellRun run, String what, List<String> names) {
        if (!names.isEmpty()) {
            run.output().stderr(what + String.join(", ", names) + "\n");
        }
    }

    private void askExtensions(CellRun run, Compiled compiled) {
        try {
            for (KernelExtension extension : extensions) {
                extension.checked(run.cell());
            }
        } catch (RuntimeException refused) {
            compiler.takingBack().rollBack(compiled.before());
            publish.run();
            throw refused;
        }
    }

    private void runSteps(CellRun run, Compiled compiled) throws InterruptedException {
        List<Step> steps = compiled.steps();
        if (steps.isEmpty()) {
            return;
        }
        Steps going = new Steps(steps);
        run.awaits(going);
        try {
            runner.run(run, () -> {
                for (int i = 0; i < steps.size(); i++) {
                    runStep(run, steps.get(i));
                    going.ran(i);
                }
                return null;
            });
        } catch (CellFailure failure) {
            compiler.takingBack().takeBack(compiled, going.ahead());
            throw failure;
        }
    }

    private void runStep(CellRun run, Step step) throws Exception {
        if (run.isInterrupted()) {
            throw CellStop.interrupted();
        }
        Object returned = invoke(step);
        Object given = run.takeValue();
        Object value = given == null ? returned : given;
        if (step.shown() && value != null) {
            run.output().result(run.rendering().render(value));
        }
    }

    private @Nullable Object invoke(Step step) throws Exception {
        Class<?> holder = Class.forName(step.call().className(), true, loader);
        Method method = holder.getDeclaredMethod(step.call().methodName());
        method.setAccessible(true);
        try {
            return method.invoke(null);
        } catch (InvocationTargetException e) {
            throw Thrown.asIs(e.getCause() == null ? e : e.getCause());
        }
    }
}
