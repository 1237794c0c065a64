package io.dagshell.kernel.assist;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A documentation comment as HTML that is safe in a page, and as text. */
final class DocumentationText {
    /** Others lose their tag and keep their text. */
    private static final Set<String> ELEMENTS = Set.of(
            "p",
            "pre",
            "code",
            "i",
            "b",
            "em",
            "strong",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "td",
            "th",
            "tbody",
            "thead",
            "caption",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "br",
            "sub",
            "sup",
            "tt",
            "var");

    private DocumentationText() {}

    static Documentation of(DocCommentTree comment) {
        Html html = new Html();
        StringBuilder page = new StringBuilder(html.all(comment.getFullBody()));
        String tags = comment.getBlockTags().stream()
                .map(tag -> tag.accept(html, null))
                .collect(Collectors.joining());
        if (!tags.isEmpty()) {
            page.append("<dl>").append(tags).append("</dl>");
        }
        return Documentation.of(page.toString());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Whether an element of HTML may be shown; the text in others is shown without them. */
    static boolean isShown(String element) {
        return ELEMENTS.contains(element);
    }

    static String plain(String html) {
        return html.replaceAll("\\s*<(p|li|dt|ul|ol|dl|pre|tr|h\\d|br)[^>]*>\\s*", "\n")
                .replaceAll("<dd>", "\n    ")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    private static final class Html extends SimpleDocTreeVisitor<String, Void> {

        String all(List<? extends DocTree> trees) {
            return trees.stream().map(tree -> tree.accept(this, null)).collect(Collectors.joining());
        }

        @Override
        protected String defaultAction(DocTree tree, Void nothing) {
            return "";
        }

        @Override
        public String visitText(TextTree text, Void nothing) {
            return escape(text.getBody());
        }

        /** A stray {@code <} and the like: what the author wrote. */
        @Override
        public String visitErroneous(ErroneousTree broken, Void nothing) {
            return escape(broken.getBody());
        }

        @Override
        public String visitEntity(EntityTree entity, Void nothing) {
            return "&" + entity.getName() + ";";
        }

        @Override
        public String visitLiteral(LiteralTree literal, Void nothing) {
            String body = escape(literal.getBody().getBody());
            return literal.getKind() == DocTree.Kind.CODE ? "<code>" + body + "</code>" : body;
        }

        @Override
        public String visitLink(LinkTree link, Void nothing) {
            String label = all(link.getLabel());
            String shown = label.isEmpty()
                    ? escape(link.getReference()
                            .getSignature()
                            .replaceFirst("^#", "")
                            .replace('#', '.'))
                    : label;
            return link.getKind() == DocTree.Kind.LINK ? "<code>" + shown + "</code>" : shown;
        }

        @Override
        public String visitStartElement(StartElementTree element, Void nothing) {
            String name = element.getName().toString().toLowerCase(Locale.ROOT);
            return isShown(name) ? "<" + name + ">" : "";
        }

        @Override
        public String visitEndElement(EndElementTree element, Void nothing) {
            String name = element.getName().toString().toLowerCase(Locale.ROOT);
            return isShown(name) ? "</" + name + ">" : "";
        }

        @Override
        public String visitAttribute(AttributeTree attribute, Void nothing) {
            return "";
        }

        @Override
        public String visitParam(ParamTree param, Void nothing) {
            String name = param.isTypeParameter()
                    ? "&lt;" + param.getName() + "&gt;"
                    : param.getName().toString();
            return entry("<code>" + name + "</code>", all(param.getDescription()));
        }

        @Override
        public String visitReturn(ReturnTree returned, Void nothing) {
            return entry("Returns", all(returned.getDescription()));
        }

        @Override
        public String visitThrows(ThrowsTree thrown, Void nothing) {
            return entry(
                    "Throws <code>" + escape(thrown.getExceptionName().getSignature()) + "</code>",
                    all(thrown.getDescription()));
        }

        @Override
        public String visitDeprecated(DeprecatedTree deprecated, Void nothing) {
            return entry("Deprecated", all(deprecated.getBody()));
        }

        private static String entry(String term, String body) {
            return "<dt>" + term + "</dt><dd>" + body + "</dd>";
        }
    }
}
