package io.dagshell.server.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.store.orchestration.AlertKind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An address that takes a POST of JSON: in Slack's form (incoming webhooks; Mattermost and others take it too), or as
 * plain fields, signed if there is a key ({@code X-DagShell-Signature: sha256=…}, the HMAC of the body).
 */
public final class WebhookBlockType implements AlertChannel {
    static final String NAME = "webhook";
    static final String SIGNATURE = "X-DagShell-Signature";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN = 200;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(
                new Field("url", "address to post to; whoever knows it may write there", true, true),
                new Field("form", "slack or json; json if empty", false, false),
                new Field("key", "signs the body, if the other side checks that", false, true));
    }

    @Override
    public List<String> check(BlockSettings settings) {
        List<String> wrong = new ArrayList<>();
        String url = settings.fields().getOrDefault("url", "").strip();
        if (url.isEmpty()) {
            wrong.add("url is missing");
        } else if (address(url).isEmpty()) {
            wrong.add("url is no http or https address");
        }
        String form = form(settings);
        if (!List.of("slack", "json").contains(form)) {
            wrong.add("form is slack or json, not '" + form + "'");
        }
        return wrong;
    }

    private static Optional<URI> address(String text) {
        try {
            URI address = new URI(text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            return web && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException wrong) {
            return Optional.empty();
        }
    }

    private static String form(BlockSettings settings) {
        String form = settings.fields().getOrDefault("form", "").strip();
        return form.isEmpty() ? "json" : form;
    }

    @Override
    public List<String> checkRecipients(List<String> recipients) {
        return recipients.isEmpty() ? List.of() : List.of("A webhook has no recipients: its address says who gets it.");
    }

    /** There is no way to ask but to post: it gets a message that says it is a test. */
    @Override
    public TestResult test(BlockSettings settings) {
        List<String> wrong = check(settings);
        if (!wrong.isEmpty()) {
            return new TestResult(false, String.join("; ", wrong) + ".");
        }
        try {
            URI here = URI.create("https://example.org/");
            String said = "This is a test. Nothing happened.";
            send(
                    settings,
                    List.of(),
                    new Alert(
                            "test", AlertKind.COMPLETED, "A test", Optional.empty(), Instant.now(), here, "", said, 0));
            return new TestResult(true, "It took a test message.");
        } catch (AlertException refused) {
            return new TestResult(false, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void send(BlockSettings settings, List<String> recipients, Alert alert) throws AlertException {
        URI address = address(settings.fields().getOrDefault("url", "").strip())
                .orElseThrow(() -> new AlertException("The webhook's url is no http or https address."));
        byte[] body = (form(settings).equals("slack") ? slack(alert) : plain(alert))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "DagShell")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        String key = settings.fields().getOrDefault("key", "");
        if (!key.isEmpty()) {
            request.header(SIGNATURE, "sha256=" + signature(key, body));
        }
        try {
            HttpResponse<String> answer = Web.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                String said = answer.body().strip();
                throw new AlertException("The webhook at " + address.getHost() + " answered " + answer.statusCode()
                        + (said.isEmpty() ? "." : ": " + said.substring(0, Math.min(SHOWN, said.length()))));
            }
        } catch (IOException away) {
            throw new AlertException(
                    "The webhook at " + address.getHost() + " cannot be reached: "
                            + Optional.ofNullable(away.getMessage()).orElse("no connection"),
                    away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AlertException("The server stopped meanwhile.", stopped);
        }
    }

    /** One for all messages, its threads made with the first. */
    private static final class Web {
        static final HttpClient CLIENT =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }

    static String signature(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every JDK has it
        }
    }

    private static ObjectNode plain(Alert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("title", alert.title());
        json.put("kind", alert.kind().word());
        json.put("deployment", alert.deployment());
        alert.run().ifPresent(run -> json.put("run", run.toString()));
        json.put("at", alert.at().toString());
        json.put("link", alert.link().toString());
        json.put("place", alert.place());
        json.put("problem", alert.problem());
        json.put("held", alert.held());
        json.put("rule", alert.rule());
        return json;
    }

    private static ObjectNode slack(Alert alert) {
        String facts = String.join(
                "\n", alert.facts().stream().map(WebhookBlockType::escaped).toList());
        return JsonNodeFactory.instance
                .objectNode()
                .put("text", "*<" + alert.link() + "|" + escaped(alert.title()) + ">*\n" + facts);
    }

    /** What Slack asks to be escaped, and nothing else. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
