package io.dagshell.installer.command;

import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * {@code NOTEBOOK.ipynb} or {@code NOTEBOOK.ipynb:flow} on the command line.
 *
 * @param file absolute, as the person meant it
 */
record NotebookFlow(Path file, Optional<String> flow) {
    private static final Pattern FORM = Pattern.compile("(?<file>.+?\\.ipynb)(:(?<flow>.*))?");

    static NotebookFlow parse(String typed) {
        Matcher form = FORM.matcher(typed);
        if (!form.matches()) {
            throw CommandProblem.badInput("'" + typed
                    + "' names no notebook: write NOTEBOOK.ipynb, or NOTEBOOK.ipynb:flow for one flow of it.");
        }
        Optional<String> flow = Optional.ofNullable(form.group("flow"));
        if (flow.isPresent() && flow.get().isBlank()) {
            throw CommandProblem.badInput("'" + typed + "' names no flow after the colon.");
        }
        return new NotebookFlow(CallerFolder.resolve(Path.of(form.group("file"))), flow);
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<NotebookFlow> {
        @Override
        public NotebookFlow convert(String typed) {
            return parse(typed);
        }
    }
}
