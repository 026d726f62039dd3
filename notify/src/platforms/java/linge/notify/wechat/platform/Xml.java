package linge.notify.wechat.platform;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The little XML of pushes and passive replies. */
final class Xml {

    private final StringBuilder body = new StringBuilder();

    Xml text(String name, String value) {
        // ]]> would end the section early.
        String safe = value.replace("]]>", "]]]]><![CDATA[>");
        return raw(name, "<![CDATA[" + safe + "]]>");
    }

    Xml number(String name, Object value) {
        return raw(name, value.toString());
    }

    Xml raw(String name, String inner) {
        body.append('<')
                .append(name)
                .append('>')
                .append(inner)
                .append("</")
                .append(name)
                .append('>');
        return this;
    }

    String inner() {
        return body.toString();
    }

    @Override
    public String toString() {
        return "<xml>" + body + "</xml>";
    }

    /** The leaves below the root by their names; of one name the first; empty for what is not XML. */
    static Map<String, String> leaves(String xml) {
        Map<String, String> found = new LinkedHashMap<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            collect(
                    factory.newDocumentBuilder()
                            .parse(new InputSource(new StringReader(xml)))
                            .getDocumentElement(),
                    found);
        } catch (SAXException e) {
            return Map.of();
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static void collect(Node node, Map<String, String> found) {
        NodeList children = node.getChildNodes();
        boolean leaf = true;
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeType() == Node.ELEMENT_NODE) {
                leaf = false;
                collect(children.item(i), found);
            }
        }
        if (leaf) {
            found.putIfAbsent(node.getNodeName(), node.getTextContent());
        }
    }
}
