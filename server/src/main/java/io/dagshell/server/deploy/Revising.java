package io.dagshell.server.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dagshell.engine.deploy.FlowManifest;
import io.dagshell.engine.parameter.JsonForm;
import io.dagshell.engine.parameter.ParameterSchema;
import io.dagshell.engine.yaml.YamlProblem;
import io.dagshell.store.orchestration.Deployment;
import io.dagshell.store.orchestration.DeploymentName;
import io.dagshell.store.orchestration.DeploymentSettings;
import io.dagshell.store.orchestration.DeploymentSpec;
import io.dagshell.store.orchestration.FolderFiles;
import io.dagshell.store.orchestration.Orchestration;
import io.dagshell.store.orchestration.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a new version of a deployment that differs from the current one by what people edit: values of parameters, how
 * many runs may go on at once and when one is tried again. The new version is a folder like one that was applied, with another
 * {@code deployment.yaml}. Thread-safe.
 */
public final class Revising {
    private final Orchestration state;
    private final Manifests manifests;
    private final FolderReader reader;
    private final WorkSignal signal;

    Revising(Orchestration state, Manifests manifests, FolderReader reader, WorkSignal signal) {
        this.state = state;
        this.manifests = manifests;
        this.reader = reader;
        this.signal = signal;
    }

    /**
     * What is wanted.
     *
     * @param former the version that was looked at
     * @param texts parameters that change, as people type them; an empty one gets the flow's default
     * @param values parameters that change, as JSON; null gets the flow's default
     * @param concurrency how many runs may go on at once, empty for any number
     * @param pauseAfterFailures after how many failed runs in a row schedules are paused, empty for never
     * @param retries when runs are tried again
     */
    public record Request(
            DeploymentName deployment,
            String former,
            Map<String, Optional<String>> texts,
            ObjectNode values,
            OptionalInt concurrency,
            OptionalInt pauseAfterFailures,
            Retries retries) {
        private static final int MOST = 999_999;

        /** @throws IllegalArgumentException a limit that is none, or a parameter that is given twice */
        public Request {
            texts = Map.copyOf(texts);
            values = values.deepCopy();
            concurrency.ifPresent(limit -> {
                if (limit < 1 || limit > MOST) {
                    throw new IllegalArgumentException("Runs at once (concurrency) is a whole number from 1 to " + MOST
                            + ", or null for no limit, not " + limit + ".");
                }
            });
            for (String name : texts.keySet()) {
                if (values.has(name)) {
                    throw new IllegalArgumentException(
                            "The parameter '" + name + "' is in 'parameters' and in 'texts': give it once.");
                }
            }
        }

        /** As people type it. */
        public static Request typed(
                DeploymentName deployment,
                String former,
                Map<String, Optional<String>> texts,
                OptionalInt concurrency,
                OptionalInt pauseAfterFailures,
                Retries retries) {
            return new Request(
                    deployment,
                    former,
                    texts,
                    JsonNodeFactory.instance.objectNode(),
                    concurrency,
                    pauseAfterFailures,
                    retries);
        }

        private boolean hasParameters() {
            return !texts.isEmpty() || !values.isEmpty();
        }
    }

    /**
     * What is said of trying runs again, as {@code deployment.yaml} writes it; {@link #HEADER} is what the flow's header says.
     *
     * @param number attempts after the first; as it is if empty
     * @param delay such as {@code 10s} or {@code 1s..5m}; as it is if empty
     * @param when after which ends, such as {@code [crashed, failed]}; as it is if empty
     */
    public record Retries(Optional<String> number, Optional<String> delay, Optional<String> when) {
        public static final Retries AS_THEY_ARE = new Retries(Optional.empty(), Optional.empty(), Optional.empty());

        /** As an entry's value. */
        public static final String HEADER = "null";

        private static Retries of(FolderFiles files) {
            YamlEntries page = YamlEntries.read(
                    FolderFiles.YAML, files.text(FolderFiles.YAML).orElse(""));
            List<String> ends = page.texts("retry_when");
            return new Retries(
                    page.text("retries").map(String::strip),
                    page.text("retry_delay").map(String::strip),
                    ends.isEmpty() ? Optional.empty() : Optional.of("[" + String.join(", ", ends) + "]"));
        }

        /** Whether a page says what is wanted. */
        private boolean isIn(Retries page) {
            return isIn(number, page.number()) && isIn(delay, page.delay()) && isIn(when, page.when());
        }

        private static boolean isIn(Optional<String> wanted, Optional<String> said) {
            return wanted.map(text -> text.strip().equals(said.orElse(HEADER))).orElse(true);
        }

        private void write(EditedYaml yaml) {
            number.ifPresent(text -> yaml.set("retries", text));
            delay.ifPresent(text -> yaml.set("retry_delay", text));
            when.ifPresent(text -> yaml.set("retry_when", text));
        }
    }

    /**
     * What the current version's {@code deployment.yaml} says of trying runs again; empty what it leaves to the header.
     *
     * @throws InvalidDeploymentException it cannot be read
     */
    public Retries said(Deployment deployment) {
        return Retries.of(state.deployments()
                .files(deployment.name(), deployment.current().version()));
    }

    /**
     * Makes the version and makes it the current one; nothing if nothing differs.
     *
     * @throws io.dagshell.engine.parameter.ParameterException a value does not fit
     * @throws InvalidDeploymentException with these values a schedule cannot run
     * @throws RefusedException another version became the current one meanwhile, or there is no such deployment
     */
    public Deployment revise(Request request) {
        Deployment deployment = state.deployments().show(request.deployment());
        requireCurrent(deployment, request.former());
        DeploymentSettings settings = deployment.current().settings();
        boolean sameLimit = settings.concurrency().equals(request.concurrency());
        boolean sameFailures = settings.pauseAfterFailures().equals(request.pauseAfterFailures());
        boolean sameRetries = request.retries().equals(Retries.AS_THEY_ARE);
        if (!request.hasParameters() && sameLimit && sameFailures && sameRetries) {
            return deployment;
        }
        FolderFiles files = state.deployments().files(request.deployment(), request.former());
        EditedYaml yaml = new EditedYaml(files.text(FolderFiles.YAML).orElse(""));
        ObjectNode wanted;
        try {
            wanted = edit(yaml, deployment, request);
            if (!sameLimit) {
                yaml.set("concurrency", written(request.concurrency()));
            }
            if (!sameFailures) {
                yaml.set("pause_after_failures", written(request.pauseAfterFailures()));
            }
            request.retries().write(yaml);
        } catch (YamlProblem wrong) {
            throw new InvalidDeploymentException(wrong.in(FolderFiles.YAML), wrong);
        }
        DeploymentSpec spec = reader.read(with(files, yaml.text()));
        requireAsMeant(spec, wanted, request);
        Deployment revised = state.deployments().revise(spec, request.former());
        // A higher limit may let a run begin.
        signal.give();
        return revised;
    }

    private static String written(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "null";
    }

    private static void requireCurrent(Deployment deployment, String former) {
        if (!deployment.current().version().equals(former)) {
            throw RefusedException.conflict("Deployment '" + deployment.name()
                    + "' became another version while you edited it: look at its values again, and edit those.");
        }
    }

    /** The parameters as they shall be. */
    private ObjectNode edit(EditedYaml yaml, Deployment deployment, Request request) {
        FlowManifest manifest = manifests.of(deployment.current());
        ParameterSchema schema = ParameterSchema.of(manifest.parameters());
        ObjectNode wanted = TypedParameters.object(deployment.current().parametersJson());
        request.texts().forEach((name, text) -> {
            Optional<JsonNode> value = text.map(
                    typed -> TypedParameters.isOpen(typed) ? TextNode.valueOf(typed) : schema.read(name, typed));
            set(yaml, wanted, name, value);
        });
        request.values().properties().forEach(each -> {
            JsonNode json = each.getValue();
            String name = each.getKey();
            boolean open = json.isTextual() && TypedParameters.isOpen(json.textValue());
            boolean emptied = json.isNull()
                    && manifest.parameters().stream()
                            .anyMatch(parameter -> parameter.name().equals(name));
            set(yaml, wanted, name, emptied ? Optional.empty() : Optional.of(open ? json : schema.ofJson(name, json)));
        });
        return wanted;
    }

    private static void set(EditedYaml yaml, ObjectNode wanted, String name, Optional<JsonNode> value) {
        if (value.isEmpty()) {
            yaml.removeParameter(name);
            wanted.remove(name);
            return;
        }
        yaml.setParameter(name, value.get());
        wanted.set(name, value.get());
    }

    private static FolderFiles with(FolderFiles files, String yaml) {
        Map<String, byte[]> all = new HashMap<>();
        files.names().forEach(name -> files.bytes(name).ifPresent(bytes -> all.put(name, bytes)));
        all.put(FolderFiles.YAML, yaml.getBytes(StandardCharsets.UTF_8));
        return FolderFiles.of(all);
    }

    /** The page is written by people: whatever way it is written in, it must say what was meant, or is left alone. */
    private static void requireAsMeant(DeploymentSpec spec, ObjectNode wanted, Request request) {
        boolean same = JsonForm.canonical(TypedParameters.object(spec.parametersJson()))
                        .equals(JsonForm.canonical(wanted))
                && spec.settings().concurrency().equals(request.concurrency())
                && spec.settings().pauseAfterFailures().equals(request.pauseAfterFailures())
                && request.retries().isIn(Retries.of(spec.files()))
                && spec.name().equals(request.deployment());
        if (!same) {
            throw new InvalidDeploymentException(
                    "This deployment.yaml is written in a way that cannot be edited here: edit the file itself, and "
                            + "send it with dagshell deployment apply.");
        }
    }
}
