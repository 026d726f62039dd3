package linge.wechat;

import java.time.Instant;

/** The XML that answers a push. */
final class Reply {

    private Reply() {}

    static String text(String openid, String account, String words, Instant now) {
        return "<xml><ToUserName>" + cdata(openid) + "</ToUserName><FromUserName>" + cdata(account)
                + "</FromUserName><CreateTime>" + now.getEpochSecond()
                + "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>" + cdata(words) + "</Content></xml>";
    }

    private static String cdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }
}
