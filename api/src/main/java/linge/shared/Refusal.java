package linge.shared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer that says no: what kind, and one full Chinese sentence the asker can act on. Not a fault, so no stack trace. */
public final class Refusal extends RuntimeException {

    /** Every kind of refusal; {@code docs/problems.md} lists them, a test keeps the list equal to this one. */
    public enum Kind {
        BAD_INPUT(400, "输入有误"),
        UNREADABLE_BODY(400, "内容无法读取"),
        NOT_SIGNED_IN(401, "请先登录"),
        WRONG_CREDENTIALS(401, "登录信息不对"),
        BAD_SIGNATURE(401, "签名不对"),
        FORGED_FORM(403, "页面已过期"),
        NOT_ALLOWED(403, "没有权限"),
        NOT_FOUND(404, "没有找到"),
        WRONG_METHOD(405, "不支持这种操作"),
        STALE_VERSION(409, "内容已被更新"),
        OUT_OF_TURN(409, "现在还不能这样做"),
        KEY_REUSED(409, "重复的提交编号"),
        ALREADY_THERE(409, "已经存在"),
        NOT_ADMITTED(409, "不在准入清单内"),
        TOO_LARGE(413, "内容太大"),
        UNSUPPORTED_TYPE(415, "格式不支持"),
        PLACE_NEEDED(422, "还缺地点"),
        OUTSIDE_CITY(422, "不在本市范围"),
        NOT_SENSIBLE(422, "内容不合要求"),
        REPLY_CONCERNS(422, "答复还要改一改"),
        TOO_OFTEN(429, "操作太频繁"),
        FAULT(500, "系统出错"),
        NOT_READY(503, "服务暂不可用");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }

        /** The stable name other programs rely on, e.g. {@code urn:linge:problem:stale-version}. */
        public String type() {
            return "urn:linge:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One fault of the input: a JSON pointer such as {@code /point/lon}, and what is wrong with it. */
    public record Fault(String pointer, String detail) {}

    private final Kind kind;
    private final List<Fault> faults;
    private final Map<String, Object> extra;

    private Refusal(Kind kind, String detail, List<Fault> faults, Map<String, Object> extra) {
        super(detail, null, false, false);
        this.kind = kind;
        this.faults = faults;
        this.extra = extra;
    }

    public static Refusal of(Kind kind, String detail) {
        return new Refusal(kind, detail, List.of(), Map.of());
    }

    /** Bad input at one place. */
    public static Refusal badInput(String pointer, String detail) {
        return new Refusal(Kind.BAD_INPUT, detail, List.of(new Fault(pointer, detail)), Map.of());
    }

    /** Input of the right shape that makes no sense, at one place. */
    public static Refusal notSensible(String pointer, String detail) {
        return new Refusal(Kind.NOT_SENSIBLE, detail, List.of(new Fault(pointer, detail)), Map.of());
    }

    public static Refusal badInput(List<Fault> faults) {
        String detail = faults.isEmpty() ? "请求内容不符合要求。" : faults.get(0).detail();
        return new Refusal(Kind.BAD_INPUT, detail, List.copyOf(faults), Map.of());
    }

    /** Something that is not there, or that the asker may not know to be there: both sound the same. */
    public static Refusal notFound(String what) {
        return of(Kind.NOT_FOUND, "没有找到" + what + "。");
    }

    public static Refusal notAllowed(String detail) {
        return of(Kind.NOT_ALLOWED, detail);
    }

    public static Refusal tooOften(long seconds) {
        return of(Kind.TOO_OFTEN, "操作太频繁了，请 " + seconds + " 秒后再试。").with("retryAfter", seconds);
    }

    /** The same refusal with one more field in its problem document. */
    public Refusal with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extra);
        more.put(field, value);
        return new Refusal(kind, detail(), faults, Map.copyOf(more));
    }

    public Kind kind() {
        return kind;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Fault> faults() {
        return faults;
    }

    public Map<String, Object> extra() {
        return extra;
    }
}
