package io.dagshell.blocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who calls Google Cloud: the key of a service account. */
public final class GcpCredentialsBlockType implements BlockType {
    static final String NAME = "gcp-credentials";
    static final Field JSON =
            new Field("service_account_json", "the key file's text, as the Google Cloud console gives it", true, true);
    static final Field PROJECT =
            new Field("project", "id of the project; empty: that of the service account", false, false);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Field> fields() {
        return List.of(JSON, PROJECT);
    }

    @Override
    public List<String> check(BlockSettings settings) {
        List<String> wrong = new ArrayList<>(GoogleSettings.check(settings, fields()));
        GoogleSettings.text(settings, JSON.name())
                .flatMap(GcpCredentialsBlockType::problem)
                .ifPresent(wrong::add);
        return wrong;
    }

    /** Never holds a part of the key. */
    private static Optional<String> problem(String json) {
        try {
            JsonNode key = new ObjectMapper().readTree(json);
            for (String field : List.of("client_email", "private_key", "token_uri")) {
                if (key.path(field).asText("").isEmpty()) {
                    return Optional.of("service_account_json is no key of a service account: it has no " + field);
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.of("service_account_json is not JSON; give the whole text of the key file");
        }
    }

    /** Signing needs no network; whether the account may do anything is for the blocks that use it. */
    @Override
    public TestResult test(BlockSettings settings) {
        List<String> wrong = check(settings);
        if (!wrong.isEmpty()) {
            return new TestResult(false, String.join("; ", wrong));
        }
        try {
            String account = new ObjectMapper()
                    .readTree(settings.fields().get(JSON.name()))
                    .path("client_email")
                    .asText();
            return new TestResult(
                    true, "The key of " + account + " is well-formed. Test a block that uses it to try the key.");
        } catch (JsonProcessingException impossible) {
            return new TestResult(false, "service_account_json is not JSON");
        }
    }
}
