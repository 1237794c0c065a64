package io.dagshell.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.server.api.Endpoint.Field;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of endpoints as an OpenAPI 3.1 description, and as a page for people. Stateless. */
final class OpenApi {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
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
        components.putObject("schemas").set("Problem", problem());
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
        ArrayNode parameters = operation.putArray("parameters");
        Matcher names = IN_PATH.matcher(endpoint.path);
        while (names.find()) {
            parameter(parameters, "path", new Field(names.group(1), ApiType.TEXT, true));
        }
        endpoint.query.forEach(each -> parameter(parameters, "query", each));
        if (endpoint.hasBody()) {
            ObjectNode request = operation.putObject("requestBody");
            request.put("required", endpoint.body.stream().anyMatch(Field::required));
            ObjectNode content = request.putObject("content");
            content.putObject(endpoint.consumes)
                    .set("schema", endpoint.takesJson() ? body(endpoint.body) : ApiJson.object());
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode success =
                responses.putObject(String.valueOf(endpoint.status)).put("description", "Done.");
        if (endpoint.status != 204) {
            ObjectNode content = success.putObject("content").putObject(endpoint.produces);
            content.set("schema", endpoint.answer.isEmpty() ? ApiJson.object() : object(endpoint.answer));
        }
        ObjectNode otherwise = responses.putObject("default").put("description", "It cannot be done.");
        otherwise
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", PROBLEM);
        return operation;
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
            facts(html, "Parameters", each.query);
            facts(html, "Body", each.body);
            facts(html, each.status + ", with", each.answer);
            html.append("</dl></div></section>");
        }
        return html.append("</main></body></html>").toString();
    }

    private static void facts(StringBuilder html, String title, List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        html.append("<dt>").append(title).append("</dt><dd>");
        fields.forEach(field -> html.append("<code>")
                .append(field.name())
                .append("</code> ")
                .append(field.type().name().toLowerCase(Locale.ROOT))
                .append(field.required() ? ", needed<br>" : "<br>"));
        html.append("</dd>");
    }
}
