package io.dagshell.server.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks before what cannot be undone, where no script of the page has asked: a form with the field {@code _ask} is
 * answered with a page that puts that question, and does nothing else. The form of that page has all other fields.
 */
public final class Questions {
    private static final String QUESTION = "_ask";
    private static final String YES = "_yes";
    private static final String MILD = "_mild";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Pages pages;

    Questions(Pages pages) {
        this.pages = pages;
    }

    /** Before every request, once it is known who asks. */
    void ask(Context request) {
        String type = request.contentType();
        if (!request.method().name().equals("POST") || type == null || !type.startsWith(FORM)) {
            return;
        }
        String question = request.formParam(QUESTION);
        if (question == null) {
            return;
        }
        List<Field> kept = new ArrayList<>();
        request.formParamMap().forEach((name, values) -> {
            if (!List.of(QUESTION, YES, MILD).contains(name)) {
                values.forEach(value -> kept.add(new Field(name, value)));
            }
        });
        String yes = Optional.ofNullable(request.formParam(YES)).orElse("Yes");
        boolean mild = "true".equals(request.formParam(MILD));
        pages.show(
                request, "page/question.jte", new Question(question, yes, mild, request.path(), kept, from(request)));
        request.skipRemainingHandlers();
    }

    /** The page the form was on, of which only the path is taken. */
    private static String from(Context request) {
        try {
            URI page = URI.create(
                    Optional.ofNullable(request.header(Header.REFERER)).orElse("/"));
            String path = Optional.ofNullable(page.getRawPath())
                    .filter(each -> each.startsWith("/") && !each.startsWith("//"))
                    .orElse("/");
            return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
        } catch (IllegalArgumentException noAddress) {
            return "/";
        }
    }

    /** A field that is sent along. */
    public record Field(String name, String value) {}

    /**
     * What the page gets.
     *
     * @param yes what the button says
     * @param mild whether nothing is lost by it
     * @param action where the form goes
     * @param from the page it came from
     */
    public record Question(String question, String yes, boolean mild, String action, List<Field> fields, String from) {
        public Question {
            fields = List.copyOf(fields);
        }
    }
}
