package io.dagshell.kernel.assist;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;

/** A declaration as it could be written, without its body. */
final class Face {
    private Face() {}

    static String of(Element element, TypeMirror seen) {
        if (element instanceof TypeElement type) {
            return type(type);
        }
        if (element instanceof ExecutableElement method) {
            return method(method, (ExecutableType) seen);
        }
        if (element instanceof VariableElement) {
            return modifiers(element) + Signatures.type(seen) + " " + element.getSimpleName();
        }
        return element.getKind() == ElementKind.PACKAGE ? "package " + element : element.toString();
    }

    private static String type(TypeElement type) {
        String word = switch (type.getKind()) {
            case INTERFACE -> "interface ";
            case ENUM -> "enum ";
            case RECORD -> "record ";
            case ANNOTATION_TYPE -> "@interface ";
            default -> "class ";
        };
        String name = type.getQualifiedName().toString().replaceFirst("^REPL\\.\\$Cell\\.", "");
        StringBuilder face = new StringBuilder(modifiers(type)).append(word).append(name);
        face.append(parameters(type.getTypeParameters()));
        if (type.getKind() == ElementKind.RECORD) {
            face.append(type.getRecordComponents().stream()
                    .map(each -> Signatures.type(each.asType()) + " " + each.getSimpleName())
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        String superclass = Signatures.type(type.getSuperclass());
        if (type.getKind() == ElementKind.CLASS && !List.of("Object", "none").contains(superclass)) {
            face.append(" extends ").append(superclass);
        }
        if (!type.getInterfaces().isEmpty()) {
            face.append(type.getKind() == ElementKind.INTERFACE ? " extends " : " implements ");
            face.append(type.getInterfaces().stream().map(Signatures::type).collect(Collectors.joining(", ")));
        }
        return face.toString();
    }

    private static String method(ExecutableElement method, ExecutableType seen) {
        String parameters = parameters(method.getTypeParameters());
        String name = method.getKind() == ElementKind.CONSTRUCTOR
                ? owner(method)
                : Signatures.type(seen.getReturnType()) + " " + method.getSimpleName();
        String thrown = seen.getThrownTypes().isEmpty()
                ? ""
                : seen.getThrownTypes().stream()
                        .map(Signatures::type)
                        .collect(Collectors.joining(", ", " throws ", ""));
        return modifiers(method)
                + (parameters.isEmpty() ? "" : parameters + " ")
                + name
                + Signatures.parameters(method, seen)
                + thrown;
    }

    private static String owner(Element member) {
        Element owner = member.getEnclosingElement();
        return owner == null ? "" : owner.getSimpleName().toString();
    }

    private static String parameters(List<? extends TypeParameterElement> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream().map(Face::parameter).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String parameter(TypeParameterElement parameter) {
        String bounds = parameter.getBounds().stream().map(Signatures::type).collect(Collectors.joining(" & "));
        return parameter + (bounds.isEmpty() || bounds.equals("Object") ? "" : " extends " + bounds);
    }

    /** Of the session's own declarations all are public and static for the machine only. */
    private static String modifiers(Element element) {
        boolean own = owner(element).startsWith("$");
        return element.getModifiers().stream()
                .filter(modifier -> modifier != Modifier.NATIVE && modifier != Modifier.SYNCHRONIZED)
                .filter(modifier -> !own || modifier == Modifier.FINAL || modifier == Modifier.ABSTRACT)
                .map(modifier -> modifier + " ")
                .collect(Collectors.joining());
    }
}
