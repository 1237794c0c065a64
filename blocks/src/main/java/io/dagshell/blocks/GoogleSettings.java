package io.dagshell.blocks;

import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType.Field;
import io.dagshell.engine.block.BlockType.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that all blocks of Google Cloud share: whose credentials, and where. */
final class GoogleSettings {
    static final Field CREDENTIALS = new Field(
            "credentials",
            "name of a gcp-credentials block; empty: the environment's own (application default credentials)",
            false,
            false);
    static final Field PROJECT =
            new Field("project", "id of the project; empty: that of the credentials", false, false);
    static final Field ENDPOINT = new Field("endpoint", "address of another server, such as an emulator", false, false);

    private GoogleSettings() {}

    /** @throws BlockException the block of credentials is not there, or of another type */
    static GoogleAccess access(String block, BlockSettings settings, BlockSource blocks) {
        Map<String, String> fields = settings.fields();
        Optional<BlockSettings> credentials = credentials(settings)
                .map(name -> blocks.find(name)
                        .orElseThrow(() -> BlockException.user("The block '" + block + "' names credentials '" + name
                                + "', but there is no such block. Set it with: dagshell block set " + name + " --type "
                                + GcpCredentialsBlockType.NAME + " service_account_json=-")));
        credentials
                .filter(found -> !found.type().equals(GcpCredentialsBlockType.NAME))
                .ifPresent(other -> {
                    throw BlockException.user("The block '" + fields.get(CREDENTIALS.name()) + "' is of type "
                            + other.type() + ", not " + GcpCredentialsBlockType.NAME + ", as block '" + block
                            + "' needs.");
                });
        return new GoogleAccess(
                credentials.flatMap(found -> text(found, GcpCredentialsBlockType.JSON.name())),
                text(settings, PROJECT.name())
                        .or(() -> credentials.flatMap(found -> text(found, GcpCredentialsBlockType.PROJECT.name()))),
                text(settings, ENDPOINT.name()));
    }

    /** The block of credentials a block names. */
    static Optional<BlockName> credentials(BlockSettings settings) {
        return text(settings, CREDENTIALS.name()).map(BlockName::new);
    }

    static Optional<String> text(BlockSettings settings, String field) {
        return Optional.ofNullable(settings.fields().get(field)).filter(text -> !text.isBlank());
    }

    static List<String> check(BlockSettings settings, List<Field> fields) {
        List<String> wrong = new ArrayList<>();
        List<String> names = fields.stream().map(Field::name).toList();
        settings.fields().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(
                        name -> wrong.add("there is no setting '" + name + "'; there are " + String.join(", ", names)));
        fields.stream()
                .filter(field ->
                        field.required() && text(settings, field.name()).isEmpty())
                .forEach(field -> wrong.add("the setting '" + field.name() + "' is missing: " + field.description()));
        text(settings, CREDENTIALS.name())
                .filter(name -> !name.matches("[a-z0-9]+(-[a-z0-9]+)*"))
                .ifPresent(
                        name -> wrong.add("the setting 'credentials' is the name of a block, such as gcp-credentials, "
                                + "not '" + name + "'"));
        return wrong;
    }

    /** Asks a service something that shows it works. */
    interface Trial {
        String answer() throws CloudException;
    }

    /** The answer, or why there is none, in a sentence. */
    static TestResult tried(String service, Trial trial) {
        try {
            return new TestResult(true, trial.answer());
        } catch (CloudException refused) {
            return new TestResult(false, service + " " + refused.getMessage() + ".");
        } catch (BlockException | IllegalStateException problem) {
            return new TestResult(false, String.valueOf(problem.getMessage()));
        }
    }
}
