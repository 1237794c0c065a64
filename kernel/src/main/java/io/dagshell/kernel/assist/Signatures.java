package io.dagshell.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Faces of declarations in the words people write: simple names, no annotations. */
final class Signatures {
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z_][\\w$]*\\.)+(?=[A-Z$])");
    private static final Pattern NO_NAME = Pattern.compile("arg\\d+");

    private Signatures() {}

    /** {@code List<String>} for {@code java.util.List<java.lang.String>}. */
    static String type(TypeMirror type) {
        return PACKAGE.matcher(type.toString().replaceAll("@[\\w.]+(\\([^)]*\\))? ?", ""))
                .replaceAll("")
                .replaceAll("REPL\\.|\\$(?:Cell|\\d+)\\.", "")
                .replace(",", ", ")
                .replace(",  ", ", ");
    }

    /** {@code (int beginIndex, int endIndex) String}; names only where the class file has them. */
    static String of(ExecutableElement method, ExecutableType seen) {
        String parameters = parameters(method, seen);
        return method.getKind() == ElementKind.CONSTRUCTOR ? parameters : parameters + " " + type(seen.getReturnType());
    }

    static String parameters(ExecutableElement method, ExecutableType seen) {
        List<String> parts = new ArrayList<>();
        List<? extends VariableElement> names = method.getParameters();
        List<? extends TypeMirror> types = seen.getParameterTypes();
        for (int i = 0; i < types.size(); i++) {
            String name = names.get(i).getSimpleName().toString();
            boolean rest = method.isVarArgs() && i == types.size() - 1;
            parts.add(parameterType(types.get(i), rest) + (NO_NAME.matcher(name).matches() ? "" : " " + name));
        }
        return "(" + String.join(", ", parts) + ")";
    }

    private static String parameterType(TypeMirror type, boolean rest) {
        return rest && type instanceof ArrayType array ? type(array.getComponentType()) + "..." : type(type);
    }

    /** As Jupyter names kinds. */
    static String kind(Element element) {
        return switch (element.getKind()) {
            case METHOD, CONSTRUCTOR -> "function";
            case PACKAGE, MODULE -> "module";
            case CLASS, INTERFACE, ENUM, RECORD, ANNOTATION_TYPE, TYPE_PARAMETER -> "class";
            default -> "instance";
        };
    }

    /** The type of a variable or field, as seen; empty for what has none. */
    static String typeOf(TypeMirror seen) {
        return seen.getKind() == TypeKind.PACKAGE || seen.getKind() == TypeKind.ERROR ? "" : type(seen);
    }
}
