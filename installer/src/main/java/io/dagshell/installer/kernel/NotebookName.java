package io.dagshell.installer.kernel;

import java.util.Map;

/** The notebook's file name, if the server said which notebook it starts the kernel for. */
final class NotebookName {
    static final String VARIABLE = "JPY_SESSION_NAME";

    private NotebookName() {}

    /** Its last part, or empty: consoles have names of their own that are no files. */
    static String of(Map<String, String> environment) {
        String path = environment.getOrDefault(VARIABLE, "");
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.endsWith(".ipynb") ? name : "";
    }
}
