package io.dagshell.engine.loading;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes of the JDK, those its application loader defines ({@code jdk.compiler}, {@code jdk.jshell}) included,
 * without looking at the class path. Immutable and thread-safe.
 */
final class JdkClasses {
    private static final Map<String, Module> MODULES = modules();

    private JdkClasses() {}

    private static Map<String, Module> modules() {
        Map<String, Module> byPackage = new HashMap<>();
        for (Module module : ModuleLayer.boot().modules()) {
            boolean ofJdk =
                    module.getName().startsWith("java.") || module.getName().startsWith("jdk.");
            if (ofJdk) {
                module.getPackages().forEach(name -> byPackage.put(name, module));
            }
        }
        return Map.copyOf(byPackage);
    }

    static @Nullable Class<?> find(String name) {
        int dot = name.lastIndexOf('.');
        Module module = dot < 0 ? null : MODULES.get(name.substring(0, dot));
        return module == null ? null : Class.forName(module, name);
    }
}
