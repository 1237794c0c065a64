package io.dagshell.kernel.session;

import java.lang.reflect.Field;
import java.util.Map;
import jdk.jshell.JShell;

/**
 * The class files JShell keeps in memory and shows to javac for every later snippet, those of expressions included that
 * nobody can name. Forgetting them keeps the time per cell from growing. They are reached by reflection, which needs
 * {@code --add-opens jdk.jshell/jdk.jshell=ALL-UNNAMED}; without it nothing is forgotten. Guarded by the session's lock.
 */
final class GeneratedClasses {
    private final Map<?, ?> byName;

    private GeneratedClasses(Map<?, ?> byName) {
        this.byName = byName;
    }

    static GeneratedClasses of(JShell shell) {
        try {
            Object files = field(field(shell, "taskFactory"), "fileManager");
            return new GeneratedClasses((Map<?, ?>) field(files, "classObjects"));
        } catch (ReflectiveOperationException | RuntimeException notOpened) {
            return new GeneratedClasses(new java.util.HashMap<>());
        }
    }

    private static Object field(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }

    /** Forgets a class and those nested in it. */
    void forget(String className) {
        byName.keySet()
                .removeIf(name -> name.equals(className) || String.valueOf(name).startsWith(className + "$"));
    }

    int size() {
        return byName.size();
    }
}
