package io.dagshell.kernel.assist;

import java.util.List;

/** Whether this process was started so that cells may use preview features of its Java. */
public final class Preview {
    /** The system property that says so; {@code --enable-preview} itself cannot be asked for. */
    public static final String PROPERTY = "dagshell.preview";

    private Preview() {}

    /** Whether they may. */
    public static boolean isOn() {
        return System.getProperty(PROPERTY) != null;
    }

    /** Options of every compiler of cells. */
    public static List<String> options() {
        return isOn()
                ? List.of(
                        "--enable-preview",
                        "--source",
                        String.valueOf(Runtime.version().feature()))
                : List.of();
    }
}
