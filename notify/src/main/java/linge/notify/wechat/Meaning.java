package linge.notify.wechat;

import java.util.Map;

/** What one of WeChat's error codes means for a message that was refused with it. */
enum Meaning {
    /** Busy, or a token that went bad twice: later. */
    AGAIN("微信忙，或凭据刚换过"),
    /** Too many calls within a minute: after that minute. */
    AFTER_A_MINUTE("这一分钟调用太多"),
    /** The day's calls are used up: another channel until midnight. */
    DAY_SPENT("今天的次数用完了"),
    /** No answer may be sent to this person until they write again. */
    WINDOW_CLOSED("不在可回复的时间或条数内"),
    /** This person gave no consent for this template. */
    NO_CONSENT("没有订阅授权"),
    /** This person follows the account no more, or is not one of its followers at all. */
    NOT_THERE("没有关注公众号"),
    /** This person does not want this kind of message: another channel. */
    NOT_WANTED("本人拒收"),
    /** The account may not do this: another channel, and an operator has to know. */
    NOT_GRANTED("公众号没有这项权限"),
    /** The message is wrong and stays so. */
    WRONG("消息不合要求");

    private static final Map<Integer, Meaning> CODES = Map.ofEntries(
            Map.entry(-1, AGAIN),
            Map.entry(40001, AGAIN),
            Map.entry(40014, AGAIN),
            Map.entry(42001, AGAIN),
            Map.entry(45011, AFTER_A_MINUTE),
            Map.entry(45009, DAY_SPENT),
            Map.entry(45015, WINDOW_CLOSED),
            Map.entry(45047, WINDOW_CLOSED),
            Map.entry(43101, NO_CONSENT),
            Map.entry(40003, NOT_THERE),
            Map.entry(43004, NOT_THERE),
            Map.entry(43019, NOT_THERE),
            Map.entry(46004, NOT_THERE),
            Map.entry(50005, NOT_THERE),
            Map.entry(48002, NOT_WANTED),
            Map.entry(43116, NOT_GRANTED),
            Map.entry(48001, NOT_GRANTED),
            Map.entry(48004, NOT_GRANTED),
            Map.entry(50002, NOT_GRANTED));

    private final String words;

    Meaning(String words) {
        this.words = words;
    }

    /** In words an operator reads. */
    String words() {
        return words;
    }

    /** Of a code; one we do not know is taken for the message's fault, so that an operator looks at it. */
    static Meaning of(int code) {
        return CODES.getOrDefault(code, WRONG);
    }

    /** Whether it says that the access token is worthless. */
    static boolean isTokenGone(int code) {
        return code == 40001 || code == 40014 || code == 42001;
    }
}
