package io.dagshell.kernel.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

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

    static Object field(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }

    /** Forgets a class and those nested in it. */
    void forget(String className) {
        byName.keySet().removeIf(name -> belongs(String.valueOf(name), className));
    }

    /** The code of a class and of those nested in it, which are then forgotten. */
    ClassBytecodes[] take(String className) {
        List<ClassBytecodes> taken = new ArrayList<>();
        for (Map.Entry<?, ?> each : byName.entrySet()) {
            String name = String.valueOf(each.getKey());
            if (belongs(name, className) && each.getValue() instanceof FileObject file) {
                taken.add(new ClassBytecodes(name, bytes(file)));
            }
        }
        forget(className);
        return taken.toArray(ClassBytecodes[]::new);
    }

    private static byte[] bytes(FileObject file) {
        try (InputStream code = file.openInputStream()) {
            return code.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a class in memory could not be read", impossible);
        }
    }

    private static boolean belongs(String name, String className) {
        return name.equals(className) || name.startsWith(className + "$");
    }

    int size() {
        return byName.size();
    }
}
