package io.dagshell.server;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Fills templates; they were compiled with the house and escape what they are given. */
final class Pages {
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "io.dagshell.server.template");

    /**
     * Answers with a page.
     *
     * @param template path below {@code src/main/jte}
     * @param content the template's one parameter
     */
    void show(Context request, String template, @Nullable Object content) {
        StringOutput page = new StringOutput();
        templates.render(template, content, page);
        request.html(page.toString());
    }
}
