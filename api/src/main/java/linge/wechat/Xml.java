package linge.wechat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import linge.shared.Refusal;

/**
 * WeChat's small XML as JSON: an element is its text, or an object of its children; repeated ones are an array. No document
 * type, so no entities of anybody's own, none from outside, and nothing that unfolds.
 */
final class Xml {

    private static final int MOST_ELEMENTS = 400;
    private static final int DEEPEST = 6;
    /** The JDK's own reader, whichever else lies on the class path. */
    private static final XMLInputFactory READERS = readers();

    private final XMLStreamReader in;
    private int elements;

    private Xml(XMLStreamReader in) {
        this.in = in;
    }

    private static XMLInputFactory readers() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is read from outside");
        });
        return factory;
    }

    /** The children of the root; refused when it is not plain XML with one root of children. */
    static JsonObject read(String xml) {
        try {
            XMLStreamReader in;
            // Making a reader looks into the factory, which is not promised to be safe for several at once.
            synchronized (READERS) {
                in = READERS.createXMLStreamReader(new StringReader(xml));
            }
            try {
                return new Xml(in).root();
            } finally {
                in.close();
            }
        } catch (XMLStreamException | RuntimeException unreadable) {
            throw Refusal.of(Refusal.Kind.UNREADABLE_BODY, "内容不是可以读取的 XML。");
        }
    }

    private JsonObject root() throws XMLStreamException {
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("no document type is read");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                Object root = element(1);
                return root instanceof JsonObject object ? object : new JsonObject();
            }
        }
        throw new XMLStreamException("empty");
    }

    /** From behind a start tag to behind its end tag. */
    private Object element(int depth) throws XMLStreamException {
        if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
            throw new XMLStreamException("too much of it");
        }
        StringBuilder text = new StringBuilder();
        JsonObject children = new JsonObject();
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    String name = in.getLocalName();
                    add(children, name, element(depth + 1));
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return children.isEmpty() ? text.toString() : children;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(in.getText());
                case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.DTD, XMLStreamConstants.END_DOCUMENT ->
                    throw new XMLStreamException("not expected here");
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
    }

    private static void add(JsonObject to, String name, Object value) {
        Object before = to.getValue(name);
        if (before == null) {
            to.put(name, value);
        } else if (before instanceof JsonArray many) {
            many.add(value);
        } else {
            to.put(name, new JsonArray().add(before).add(value));
        }
    }
}
