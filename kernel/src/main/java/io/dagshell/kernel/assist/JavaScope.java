package io.dagshell.kernel.assist;

import java.util.List;

/**
 * What Java text may use without declaring it.
 *
 * @param imports whole import declarations
 * @param declarations what the session declared, in order
 * @param classPath jars and folders of classes
 */
public record JavaScope(List<String> imports, List<Declared> declarations, List<String> classPath) {
    public JavaScope {
        imports = List.copyOf(imports);
        declarations = List.copyOf(declarations);
        classPath = List.copyOf(classPath);
    }

    /**
     * A declaration of the session.
     *
     * @param name simple name
     * @param java its text; of a variable, {@code type name}
     * @param variable whether it is a variable
     */
    public record Declared(String name, String java, boolean variable) {}
}
