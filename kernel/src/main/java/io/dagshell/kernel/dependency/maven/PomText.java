package io.dagshell.kernel.dependency.maven;

import io.dagshell.kernel.dependency.DependencyException;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Makes a whole pom of what people paste: a project, or some of its elements, or single dependencies. */
final class PomText {
    private static final String HEAD = "<modelVersion>4.0.0</modelVersion><groupId>notebook</groupId>"
            + "<artifactId>notebook</artifactId><version>1</version><packaging>pom</packaging>";

    private PomText() {}

    static String whole(String text) {
        String plain = text.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "").strip();
        if (plain.isEmpty()) {
            throw DependencyException.wrong("", "paste a pom, or dependencies from one, below the first line");
        }
        if (parse("<all>" + plain + "</all>").getElementsByTagName("project").getLength() > 0) {
            return plain;
        }
        Element pasted = parse("<all>" + plain + "</all>").getDocumentElement();
        Document pom = parse("<project>" + HEAD + "<dependencies/></project>");
        Element project = pom.getDocumentElement();
        Element dependencies = (Element) project.getLastChild();
        NodeList children = pasted.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = pom.importNode(children.item(i), true);
            switch (child.getNodeName()) {
                case "dependency" -> dependencies.appendChild(child);
                case "dependencies" -> {
                    while (child.hasChildNodes()) {
                        dependencies.appendChild(child.getFirstChild());
                    }
                }
                default -> project.appendChild(child);
            }
        }
        return text(pom);
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (SAXException malformed) {
            throw DependencyException.wrong("", "this is no XML of a pom: " + malformed.getMessage());
        } catch (ParserConfigurationException | java.io.IOException impossible) {
            throw new IllegalStateException("a text in memory could not be parsed", impossible);
        }
    }

    private static String text(Document pom) {
        try {
            StringWriter text = new StringWriter();
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(pom), new StreamResult(text));
            return text.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException("a document in memory could not be written", impossible);
        }
    }
}
