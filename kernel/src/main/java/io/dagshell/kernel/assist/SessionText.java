package io.dagshell.kernel.assist;

import io.dagshell.kernel.assist.JavaScope.Declared;

/**
 * What the session declared, as javac shall see it: bodies of methods left out, since only their faces matter.
 *
 * @param imports import declarations
 * @param members members of a class around the cell
 */
record SessionText(String imports, String members) {

    static SessionText of(JavaScope scope, PieceKinds kinds) {
        StringBuilder members = new StringBuilder();
        for (Declared declared : scope.declarations()) {
            if (declared.variable()) {
                members.append("static ").append(declared.java()).append(";\n");
            } else {
                members.append(kinds.face(declared.java())).append('\n');
            }
        }
        return new SessionText(String.join("\n", scope.imports()) + "\n", members.toString());
    }
}
