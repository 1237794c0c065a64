package io.dagshell.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Where the documentation of an element is, on the JDK's site or among a library's pages. */
final class DocumentationLink {
    private static final String SITE = "https://docs.oracle.com/en/java/javase/%d/docs/api/%s/%s.html%s";

    private DocumentationLink() {}

    /** Empty for what is not of the JDK. */
    static String of(Element element, String module, Types types) {
        if (!module.startsWith("java.") && !module.startsWith("jdk.")) {
            return "";
        }
        String page = pageOf(element);
        if (page.isEmpty()) {
            return "";
        }
        int version = Runtime.version().feature();
        String anchor = anchor(element, types);
        return SITE.formatted(version, module, page, anchor.isEmpty() ? "" : "#" + anchor);
    }

    /** The page of the class the element is or belongs to, {@code java/util/Map.Entry}; empty if there is none. */
    static String pageOf(Element element) {
        Element type = element;
        while (type != null && !(type instanceof TypeElement)) {
            type = type.getEnclosingElement();
        }
        return type == null ? "" : page(type);
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

    /** Where on its page it stands, {@code substring(int)}; empty for a class. */
    static String anchor(Element element, Types types) {
        if (element instanceof ExecutableElement method) {
            List<String> parameters = new ArrayList<>();
            method.getParameters().forEach(each -> parameters.add(parameter(each.asType(), types)));
            if (method.isVarArgs()) {
                int last = parameters.size() - 1;
                parameters.set(last, parameters.get(last).replaceFirst("\\[]$", "..."));
            }
            return method.getSimpleName() + "(" + String.join(",", parameters) + ")";
        }
        return element instanceof TypeElement ? "" : element.getSimpleName().toString();
    }

    /** Type parameters keep their names, and types lose theirs. */
    private static String parameter(TypeMirror type, Types types) {
        if (type instanceof ArrayType array) {
            return parameter(array.getComponentType(), types) + "[]";
        }
        return (type.getKind() == TypeKind.TYPEVAR ? type : types.erasure(type)).toString();
    }
}
