package io.dagshell.server.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;

/** Fills templates; they were compiled with the house and escape what they are given. Thread-safe. */
public final class Pages {
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "io.dagshell.server.template");

    /**
     * Answers with a page.
     *
     * @param template path below {@code src/main/jte}
     * @param content the template's one parameter
     */
    void show(Context request, String template, Object content) {
        request.html(render(template, content));
    }

    /** The text of a page or of a part of one. */
    String render(String template, Object content) {
        StringOutput page = new StringOutput();
        templates.render(template, content, page);
        return page.toString();
    }

    /** A part of a page that goes on changing, filled. */
    LivePart live(String id, String address, boolean going, String template, Object content) {
        return new LivePart(id, address, going, LivePart.EVERY, render(template, content));
    }

    /** A part of a run's page, which listens to the run. */
    LivePart streamed(String id, String address, boolean going, String template, Object content) {
        return new LivePart(id, address, going, LivePart.CHANGED, render(template, content));
    }

    /** Answers a browser that asks for a part again: nothing if it has it as it is. */
    void again(Context request, LivePart part) {
        if (part.stamp().equals(request.queryParam("seen"))) {
            request.status(204);
            return;
        }
        show(request, "part/live.jte", part);
    }

    /** Says that something is not there, and what to do. */
    void missing(Context request, String message, String advice) {
        request.status(404);
        show(request, "page/missing.jte", new Missing(message, advice));
    }

    /** What the page of things that are not there says. */
    public record Missing(String message, String advice) {}
}
