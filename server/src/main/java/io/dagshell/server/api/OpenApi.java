package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.server.access.AccessRules;
import io.dagshell.server.api.Endpoint.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table of endpoints as an OpenAPI 3.1 description, and as a page for people. Stateless. */
final class OpenApi {
    private static final SortedMap<Integer, String> REFUSALS = new TreeMap<>(Map.ofEntries(
            Map.entry(400, "Something in the request is not described, or is not of its type."),
            Map.entry(401, "The token is missing, or is another."),
            Map.entry(403, "The server is not known by that name, or a change comes from another site's page."),
            Map.entry(404, "There is none of that name."),
            Map.entry(406, "What this gives is not among what the request accepts."),
            Map.entry(409, "It does not go with the state things are in."),
            Map.entry(413, "The body is too large."),
            Map.entry(415, "The body is of another type."),
            Map.entry(422, "It is as described, and makes no sense here."),
            Map.entry(500, "The server failed at this; its log says why."),
            Map.entry(503, "The database does not answer, or as many watch as may: ask again later.")));
    private static final String PROBLEM = "#/components/schemas/Problem";

    private OpenApi() {}

    static ObjectNode describe(List<Endpoint> endpoints) {
        ObjectNode top = ApiJson.object().put("openapi", "3.1.0");
        top.putObject("info")
                .put("title", "DagShell")
                .put("version", "1")
                .put("description", "Deployments, runs, schedules and agents of a DagShell server.");
        top.putArray("security").addObject().putArray("token");
        ObjectNode components = top.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        ObjectNode schemas = components.putObject("schemas");
        schemas.set("Problem", problem());
        Answers.ALL.forEach(shape -> schemas.set(shape.name(), object(shape.fields())));
        refusals(components.putObject("responses"));
        ObjectNode paths = top.putObject("paths");
        endpoints.forEach(each ->
                paths.withObjectProperty(each.path).set(each.method.name().toLowerCase(Locale.ROOT), operation(each)));
        return top;
    }

    private static ObjectNode problem() {
        ObjectNode schema = ApiJson.object().put("type", "object");
        schema.put("description", "What cannot be done and why (RFC 9457).");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("type").put("type", "string");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties.putObject("detail").put("type", "string");
        schema.putArray("required").add("title").add("status").add("detail");
        return schema;
    }

    private static ObjectNode operation(Endpoint endpoint) {
        ObjectNode operation = ApiJson.object().put("summary", endpoint.summary);
        AccessRules.find(endpoint.method.name(), endpoint.path)
                .ifPresent(rule -> operation.put("description", "For the role " + rule.words() + "."));
        ArrayNode parameters = operation.putArray("parameters");
        endpoint.path().forEach(each -> parameter(parameters, "path", each));
        endpoint.query.forEach(each -> parameter(parameters, "query", each));
        endpoint.headers.forEach(each -> parameter(parameters, "header", each));
        if (endpoint.isTagged()) {
            parameter(parameters, "header", Field.maybe("If-None-Match", ApiType.TEXT));
        }
        if (endpoint.hasBody()) {
            ObjectNode request = operation.putObject("requestBody");
            request.put("required", endpoint.body.stream().anyMatch(Field::required));
            ObjectNode content = request.putObject("content");
            content.putObject(endpoint.consumes)
                    .set("schema", endpoint.takesJson() ? body(endpoint.body) : ApiJson.object());
        }
        responses(endpoint, operation.putObject("responses"));
        return operation;
    }

    private static void responses(Endpoint endpoint, ObjectNode responses) {
        ObjectNode success =
                responses.putObject(String.valueOf(endpoint.status)).put("description", "Done.");
        if (endpoint.isTagged()) {
            header(success, "ETag", true);
            header(responses.putObject("304").put("description", "It is as it was."), "ETag", true);
        }
        if (endpoint.status != 204) {
            ObjectNode content = success.putObject("content").putObject(endpoint.produces);
            content.set("schema", endpoint.shape.map(ApiType::reference).orElseGet(() -> answer(endpoint)));
        }
        if (endpoint.mayBeEmpty) {
            responses.putObject("204").put("description", "There is nothing more to come.");
        }
        endpoint.refusals()
                .forEach(status ->
                        responses.putObject(String.valueOf(status)).put("$ref", "#/components/responses/" + status));
    }

    private static ObjectNode answer(Endpoint endpoint) {
        return endpoint.answer.isEmpty() ? ApiJson.object() : object(endpoint.answer);
    }

    /** What each status that says no says. */
    private static void refusals(ObjectNode responses) {
        REFUSALS.forEach((status, meaning) -> {
            ObjectNode response = responses.putObject(String.valueOf(status)).put("description", meaning);
            response.putObject("content").putObject("application/problem+json").set("schema", problemReference());
        });
        header((ObjectNode) responses.path("401"), "WWW-Authenticate", true);
        header((ObjectNode) responses.path("503"), "Retry-After", false);
    }

    private static ObjectNode problemReference() {
        return ApiJson.object().put("$ref", PROBLEM);
    }

    private static void header(ObjectNode response, String name, boolean required) {
        ObjectNode header = response.withObjectProperty("headers").putObject(name);
        header.put("required", required).set("schema", ApiType.TEXT.schema());
    }

    private static void parameter(ArrayNode parameters, String in, Field field) {
        ObjectNode parameter = parameters.addObject().put("name", field.name()).put("in", in);
        parameter.put("required", field.required());
        parameter.set("schema", field.type().schema());
    }

    private static ObjectNode body(List<Field> fields) {
        ObjectNode schema = object(fields).put("additionalProperties", false);
        for (Field field : fields) {
            JsonNode property = schema.path("properties").path(field.name());
            if (!field.required() && property instanceof ObjectNode optional && optional.has("type")) {
                // A field that says nothing may be left out or be null.
                String type = optional.path("type").asText();
                optional.putArray("type").add(type).add("null");
                if (optional.has("enum")) {
                    optional.withArray("enum").addNull();
                }
            }
        }
        return schema;
    }

    private static ObjectNode object(List<Field> fields) {
        ObjectNode schema = ApiJson.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Field field : fields) {
            properties.set(field.name(), field.type().schema());
            if (field.required()) {
                schema.withArray("required").add(field.name());
            }
        }
        return schema;
    }

    /** Names and sentences are our own; nothing others wrote is on this page. */
    static String page(List<Endpoint> endpoints) {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>API · DagShell</title>"
                + "<link rel=\"stylesheet\" href=\"/assets/dashboard.css\"></head><body><main id=\"main\">"
                + "<h1>API</h1><p>Programs show the token as <code>Authorization: Bearer TOKEN</code>."
                + " For machines: <a href=\"/api/openapi.json\">openapi.json</a>.</p>");
        for (Endpoint each : endpoints) {
            html.append("<section class=\"panel\"><header><h2><code>")
                    .append(each.method.name())
                    .append(' ')
                    .append(each.path)
                    .append("</code></h2></header><div class=\"pad\"><p>")
                    .append(each.summary)
                    .append("</p><dl class=\"facts\">");
            facts(html, "Parameters", each.query, true);
            facts(html, "Body", each.body, true);
            facts(html, each.status + ", with", each.answer, false);
            html.append("</dl></div></section>");
        }
        return html.append("</main></body></html>").toString();
    }

    private static void facts(StringBuilder html, String title, List<Field> fields, boolean asked) {
        if (fields.isEmpty()) {
            return;
        }
        html.append("<dt>").append(title).append("</dt><dd>");
        fields.forEach(field -> html.append("<code>")
                .append(field.name())
                .append("</code> ")
                .append(field.type().wanted())
                .append(!asked || !field.required() ? "<br>" : ", needed<br>"));
        html.append("</dd>");
    }
}
