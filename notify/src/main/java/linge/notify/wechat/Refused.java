package linge.notify.wechat;

/** What WeChat answered instead of doing it: nothing was sent. */
final class Refused extends RuntimeException {

    private final int code;

    Refused(int code, String words) {
        super(words, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The code and WeChat's words, with the number its support asks for. */
    String said() {
        return code + " " + getMessage();
    }

    /** What it means for a message, and what was said. */
    String reason() {
        return Meaning.of(code).words() + "（" + said() + "）";
    }
}
