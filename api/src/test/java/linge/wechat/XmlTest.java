package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.util.List;
import linge.shared.Refusal;
import org.junit.jupiter.api.Test;

/** The platform's XML, and what is none. */
class XmlTest {

    private static String event(String name, String more) {
        return "<xml><ToUserName>gh_1</ToUserName><FromUserName><![CDATA[o-1]]></FromUserName>"
                + "<CreateTime>1764150000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[" + name
                + "]]></Event>" + more + "</xml>";
    }

    @Test
    void text_lists_and_quoted_brackets_are_read() {
        JsonObject read = Xml.read("<?xml version=\"1.0\"?><!-- c --><xml><A><![CDATA[a]]]]><![CDATA[>b]]></A>"
                + "<B>1 &lt; 2 &amp; &#20013;</B><L><List><I>1</I></List><List><I>2</I></List></L><E/></xml>");
        assertEquals("a]]>b", read.getString("A"));
        assertEquals("1 < 2 & 中", read.getString("B"));
        assertEquals(2, read.getJsonObject("L").getJsonArray("List").size());
        assertEquals("", read.getString("E"));
    }

    @Test
    void document_types_depth_and_size_are_refused() {
        for (String hostile : List.of(
                "<!DOCTYPE xml><xml><A>1</A></xml>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><A>&e;</A></xml>",
                "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\"> %p;]><xml/>",
                "<xml><A>&unknown;</A></xml>",
                "<xml>" + "<A>".repeat(10) + "</A>".repeat(10) + "</xml>",
                "<xml>" + "<A>1</A>".repeat(1000) + "</xml>",
                "<xml><A>1</A>",
                "",
                "{}")) {
            assertThrows(Refusal.class, () -> Xml.read(hostile), hostile);
        }
    }

    @Test
    void a_message_is_known_by_its_id_and_an_event_by_who_when_and_what() {
        Incoming message = Incoming.read("<xml><ToUserName>gh_1</ToUserName><FromUserName>o-1</FromUserName>"
                + "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>x</Content><MsgId>24</MsgId></xml>");
        assertEquals("m:24", message.key());
        Incoming one = Incoming.read(event("TEMPLATESENDJOBFINISH", "<MsgID>1</MsgID><Status>success</Status>"));
        Incoming other = Incoming.read(event("TEMPLATESENDJOBFINISH", "<MsgID>2</MsgID><Status>success</Status>"));
        assertEquals("e:o-1:1764150000:templatesendjobfinish:1", one.key());
        assertNotEquals(one.key(), other.key());
        assertEquals(
                "e:o-1:1764150000:subscribe:",
                Incoming.read(event("subscribe", "<EventKey></EventKey>")).key());
        assertThrows(Refusal.class, () -> Incoming.read("<xml><MsgType>text</MsgType></xml>"));
    }

    @Test
    void a_list_of_one_is_a_list() {
        Incoming popup = Incoming.read(event(
                "subscribe_msg_popup_event",
                "<SubscribeMsgPopupEvent><List><TemplateId>T1</TemplateId>"
                        + "<SubscribeStatusString>accept</SubscribeStatusString></List></SubscribeMsgPopupEvent>"));
        assertEquals(1, popup.items("SubscribeMsgPopupEvent").size());
        assertEquals(List.of(), popup.items("SubscribeMsgChangeEvent"));
    }
}
