package io.dagshell.kernel.assist;

import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;

/** Where the JDK's documentation of an element is. */
final class DocumentationLink {
    private static final String SITE = "https://docs.oracle.com/en/java/javase/%d/docs/api/%s/%s.html%s";

    private DocumentationLink() {}

    /** Empty for what is not of the JDK. */
    static String of(Element element, String module, Types types) {
        if (!module.startsWith("java.") && !module.startsWith("jdk.")) {
            return "";
        }
        Element type = element;
        while (type != null && !(type instanceof TypeElement)) {
            type = type.getEnclosingElement();
        }
        if (type == null) {
            return "";
        }
        int version = Runtime.version().feature();
        return SITE.formatted(version, module, page(type), anchor(element, types));
    }

    private static String page(Element type) {
        Element owner = type.getEnclosingElement();
        if (owner == null) {
            return type.getSimpleName().toString();
        }
        boolean top = owner.getKind() == ElementKind.PACKAGE;
        String before = top ? owner.toString().replace('.', '/') + "/" : page(owner) + ".";
        return before + type.getSimpleName();
    }

    private static String anchor(Element element, Types types) {
        if (element instanceof ExecutableElement method) {
            String parameters = method.getParameters().stream()
                    .map(each -> types.erasure(each.asType()).toString())
                    .collect(Collectors.joining(","));
            return "#" + method.getSimpleName() + "(" + parameters + ")";
        }
        return element instanceof TypeElement ? "" : "#" + element.getSimpleName();
    }
}
