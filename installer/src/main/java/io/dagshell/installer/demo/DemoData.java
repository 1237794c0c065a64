package io.dagshell.installer.demo;

import io.dagshell.installer.CallerFolder;
import io.dagshell.installer.CommandProblem;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data a person names for the demo. */
public final class DemoData {

    private DemoData() {}

    /** The value of the notebook's parameter: an address as it is, a path made absolute. A missing file is said now. */
    public static String checked(String typed) {
        if (typed.contains("://")) {
            return typed;
        }
        Path file = CallerFolder.resolve(Path.of(typed));
        if (!Files.isRegularFile(file)) {
            throw CommandProblem.badInput("There is no file " + file + ".");
        }
        return file.toString();
    }
}
