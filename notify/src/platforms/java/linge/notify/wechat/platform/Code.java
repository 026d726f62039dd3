package linge.notify.wechat.platform;

import io.vertx.core.json.JsonObject;

/** The errors of WeChat's API that we know how to provoke, with the words it says them in. */
enum Code {
    OK(0, "ok"),
    BUSY(-1, "system error"),
    INVALID_CREDENTIAL(40001, "invalid credential, access_token is invalid or not latest"),
    INVALID_OPENID(40003, "invalid openid"),
    INVALID_MEDIA(40007, "invalid media_id"),
    INVALID_APP_ID(40013, "invalid appid"),
    INVALID_BUTTON_COUNT(40016, "invalid button size"),
    INVALID_BUTTON_NAME(40018, "invalid button name size"),
    INVALID_CODE(40029, "invalid code"),
    INVALID_REFRESH_TOKEN(40030, "invalid refresh_token"),
    INVALID_TEMPLATE(40037, "invalid template_id"),
    INVALID_ACTION(40053, "invalid action info"),
    INVALID_SECRET(40125, "invalid appsecret"),
    CODE_USED(40163, "code been used"),
    MISSING_TOKEN(41001, "access_token missing"),
    TOKEN_EXPIRED(42001, "access_token expired"),
    CODE_EXPIRED(42003, "code expired"),
    GET_WANTED(43001, "require GET method"),
    POST_WANTED(43002, "require POST method"),
    NOT_FOLLOWING(43004, "require subscribe"),
    REFUSED_BY_USER(43101, "user refuse to accept the msg"),
    EMPTY_POST(44002, "empty post data"),
    TOO_LONG(45002, "content size out of limit"),
    QUOTA_USED_UP(45009, "reach max api daily quota limit"),
    WINDOW_CLOSED(45015, "response out of time limit or subscription is canceled"),
    WINDOW_USED_UP(45047, "out of response count limit"),
    NO_MENU(46003, "menu no exist"),
    BAD_JSON(47001, "data format error"),
    BAD_ARGUMENT(47003, "argument invalid!"),
    UNAUTHORIZED(48001, "api unauthorized");

    private final int number;
    private final String words;

    Code(int number, String words) {
        this.number = number;
        this.words = words;
    }

    int number() {
        return number;
    }

    JsonObject json() {
        return json("");
    }

    /** With more said behind its words, as for {@code argument invalid! data.thing1.value is empty}. */
    JsonObject json(String more) {
        String said = this == OK || more.isEmpty() ? words : words + " " + more;
        return new JsonObject().put("errcode", number).put("errmsg", said);
    }
}
