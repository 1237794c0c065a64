package io.dagshell.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.approval.ApprovalForm;
import io.dagshell.engine.model.RunId;
import io.dagshell.engine.model.State;
import io.dagshell.engine.model.TaskName;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.run.Engine;
import io.dagshell.engine.view.MimeBundle;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What code in cells calls, by static import: {@code submit}, {@code map}, {@code refresh}, {@code scheduledTime}. Each
 * works for the run of the calling thread, see {@link Engine#within}.
 */
public final class Dag {
    private Dag() {}

    /** Starts {@code work} beside the caller and answers at once. */
    public static <R> TaskFuture<R> submit(Work<R> work) {
        return Engine.ambient().submit(work);
    }

    /** Runs {@code work} for each item, in parallel up to the flow's concurrency; results in the items' order. */
    public static <T, R> List<R> map(Collection<T> items, Work.Each<? super T, ? extends R> work) {
        return Engine.ambient().map(items, work);
    }

    /** Runs {@code work}; tasks called directly in it are computed anew and their results stored. */
    public static <R> R refresh(Work<R> work) {
        return Engine.ambient().refresh(work);
    }

    /**
     * Runs {@code work}; the flow called in it resumes the run of that id: {@code resume("0193…", () -> etl(2021))}.
     * Tasks that run finished, effects included, are not repeated.
     */
    public static <R> R resume(String run, Work<R> work) {
        return Engine.ambient().resume(RunId.parse(run), work);
    }

    /** Keeps a value as it shows itself (a table its preview) with the run, under a name. */
    public static void artifact(String name, Object value) {
        Engine.current().artifact(name, "value", value);
    }

    /** Keeps a text in Markdown with the run. */
    public static void artifactMarkdown(String name, String text) {
        Engine.current().artifact(name, "markdown", MimeBundle.text(text).with("text/markdown", text));
    }

    /** Keeps a link with the run. */
    public static void artifactLink(String name, URI address) {
        Engine.current().artifact(name, "link", MimeBundle.text(address.toString()));
    }

    /** Keeps a PNG image with the run. */
    public static void artifactImage(String name, byte[] png) {
        String content = Base64.getEncoder().encodeToString(png);
        Engine.current().artifact(name, "image", MimeBundle.text(name).with("image/png", content));
    }

    /** Says how far the call has come; {@code total} is negative if unknown. */
    public static void progress(long done, long total, String unit) {
        Engine.current().progress().report(done, total, unit);
    }

    /** In a task or flow: has {@code hook} run if it fails for good, retries spent. */
    public static void onFailure(CallEnd.Hook hook) {
        Engine.current().onEnd(State.FAILED, hook);
    }

    /** In a task or flow: has {@code hook} run when it has its value. */
    public static void onCompletion(CallEnd.Hook hook) {
        Engine.current().onEnd(State.COMPLETED, hook);
    }

    /**
     * In a flow: asks a person and goes on when it is approved: {@code approve("Load 1.3 M rows?")}. In a notebook the cell
     * asks, at a terminal {@code dagshell run} does; a run of a deployment is Paused until somebody answers on the dashboard
     * or with {@code dagshell approval}, and holds no process meanwhile.
     *
     * @return true
     * @throws io.dagshell.engine.approval.RejectedException it was rejected
     */
    public static boolean approve(String question) {
        Engine.ambient().approve(question, ApprovalForm.NONE, Optional.empty());
        return true;
    }

    /** {@link #approve(String)}, rejected when nobody has answered after {@code timeout}. */
    public static boolean approve(String question, Duration timeout) {
        Engine.ambient().approve(question, ApprovalForm.NONE, Optional.of(timeout));
        return true;
    }

    /**
     * In a flow: asks a person for the components of a record, as typed as parameters of a flow:
     * {@code Choice c = approve("Load where?", Choice.class)}.
     */
    public static <T extends Record> T approve(String question, Class<T> form) {
        return approved(question, form, null, Optional.empty());
    }

    /** {@link #approve(String, Class)}, rejected when nobody has answered after {@code timeout}. */
    public static <T extends Record> T approve(String question, Class<T> form, Duration timeout) {
        return approved(question, form, null, Optional.of(timeout));
    }

    /** The same with what the form holds at first: {@code approve("Load where?", new Choice("trips", 100_000))}. */
    @SuppressWarnings("unchecked") // a record's class is final
    public static <T extends Record> T approve(String question, T suggested) {
        return approved(question, (Class<T>) suggested.getClass(), suggested, Optional.empty());
    }

    /** {@link #approve(String, Record)}, rejected when nobody has answered after {@code timeout}. */
    @SuppressWarnings("unchecked") // a record's class is final
    public static <T extends Record> T approve(String question, T suggested, Duration timeout) {
        return approved(question, (Class<T>) suggested.getClass(), suggested, Optional.of(timeout));
    }

    private static <T extends Record> T approved(
            String question, Class<T> form, @Nullable T suggested, Optional<Duration> timeout) {
        ObjectNode values = Engine.ambient().approve(question, ApprovalForm.of(form, suggested), timeout);
        Object answer = JsonForm.toJava(values, form);
        if (answer == null) {
            throw new IllegalStateException("a record is never null");
        }
        return form.cast(answer);
    }

    /** Due instant of the scheduled run this code is part of; the start of a run begun by hand. */
    public static Instant scheduledTime() {
        return Engine.current().scheduledTime();
    }

    /**
     * What a task or flow cell compiles to: the method's wrapper calls the engine with its own body.
     *
     * @param site lookup of the class that holds the wrapper
     * @param name the task's name
     * @param body the user's method on these arguments
     * @param arguments boxed, in declaration order
     */
    public static <R> R call(MethodHandles.Lookup site, String name, Work<R> body, @Nullable Object[] arguments) {
        return Engine.ambient().call(site.lookupClass(), new TaskName(name), body, arguments);
    }

    /** {@link #call} for a method that returns nothing. */
    public static void callVoid(
            MethodHandles.Lookup site, String name, Work.Effect body, @Nullable Object[] arguments) {
        Engine.ambient()
                .call(
                        site.lookupClass(),
                        new TaskName(name),
                        () -> {
                            body.run();
                            return Engine.NOTHING;
                        },
                        arguments);
    }
}
