package io.dagshell.magics;

import io.dagshell.engine.cache.CacheReport;
import io.dagshell.engine.model.Definitions;
import io.dagshell.engine.model.TaskDefinition;
import io.dagshell.engine.model.TaskName;
import io.dagshell.kernel.session.KernelExtension.LineMagic;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/** {@code %cache why TASK}, {@code ls}, {@code rm}, {@code gc}, {@code verify}. */
final class CacheMagic implements LineMagic {
    private final CacheReport report;
    private final Definitions definitions;
    private final String notebook;

    CacheMagic(CacheReport report, Definitions definitions, String notebook) {
        this.report = report;
        this.definitions = definitions;
        this.notebook = notebook;
    }

    @Override
    public Optional<Object> run(String arguments) throws IOException {
        List<String> words = List.of(arguments.strip().split("\\s+"));
        boolean why = words.size() == 2 && words.get(0).equals("why");
        Optional<String> never = why ? neverCached(words.get(1)) : Optional.empty();
        String text = never.isPresent() ? never.get() : report.answer(words, Optional.of(notebook));
        return Optional.of(text);
    }

    /** What the header alone says. */
    private Optional<String> neverCached(String name) {
        if (!SourceVersion.isIdentifier(name)) {
            return Optional.empty();
        }
        Optional<TaskDefinition> task = definitions.named(new TaskName(name));
        if (task.isEmpty() || task.get().policy().cache().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                task.get().policy().effect()
                        ? name + " is never cached: it is marked effect"
                        : name + " is not cached: its header does not ask for it (write cache, or cache=1d)");
    }
}
