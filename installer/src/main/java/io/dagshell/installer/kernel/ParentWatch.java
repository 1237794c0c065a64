package io.dagshell.installer.kernel;

import java.util.Map;

/**
 * Ends the kernel when the process that started it is gone, which {@code JPY_PARENT_PID} names. A number this process
 * cannot see (another container's) is not watched.
 */
final class ParentWatch {
    static final String VARIABLE = "JPY_PARENT_PID";

    private ParentWatch() {}

    static void start(Map<String, String> environment, Runnable gone) {
        String number = environment.getOrDefault(VARIABLE, "");
        if (number.matches("\\d{1,9}")) {
            ProcessHandle.of(Long.parseLong(number))
                    .ifPresent(parent -> parent.onExit().thenRun(gone));
        }
    }
}
