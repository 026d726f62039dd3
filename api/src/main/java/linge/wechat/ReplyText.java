package linge.wechat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bot's replies as WeChat's texts: bubbles joined, choices numbered, cards as lines and links, cut to what WeChat takes. */
final class ReplyText {

    /** UTF-8 bytes of one message. */
    static final int MOST_BYTES = 2048;
    /** More than this nobody reads in a chat. */
    static final int MOST_TEXTS = 3;

    private static final String CUT = "……";

    private final Account account;

    ReplyText(Account account) {
        this.account = account;
    }

    /** Texts of at most {@link #MOST_BYTES} each, in order; none when nothing was said. */
    List<String> of(JsonArray replies) {
        StringBuilder all = new StringBuilder();
        JsonArray choices = new JsonArray();
        for (int i = 0; i < replies.size(); i++) {
            JsonObject reply = replies.getJsonObject(i);
            paragraph(all, plain(reply.getString("text")));
            JsonObject card = reply.getJsonObject("card");
            if (card != null) {
                paragraph(all, card(card, Objects.requireNonNullElse(reply.getString("text"), "")));
            }
            // Only the last choices lie on the table.
            choices = reply.getJsonArray("choices", choices);
        }
        paragraph(all, choices(choices));
        return texts(all.toString());
    }

    /** A link that signs in on its way, when the openid is known to be somebody's. */
    String link(String path, String words) {
        return "<a href=\"" + account.page(path) + "\">" + words + "</a>";
    }

    private String choices(JsonArray choices) {
        StringBuilder lines = new StringBuilder();
        boolean byNumber = false;
        for (int i = 0; i < choices.size(); i++) {
            JsonObject choice = choices.getJsonObject(i);
            String label = plain(choice.getString("label"));
            String line = switch (choice.getString("id")) {
                case "sign-in" -> link("/wechat/bound", "点这里绑定手机号");
                case "point" -> "发位置：点输入框右边的“＋”，选“位置”";
                case "media" -> "有照片直接发过来就行";
                default -> {
                    byNumber = true;
                    yield (i + 1) + ". " + label;
                }
            };
            lines.append(lines.isEmpty() ? "" : "\n").append(line);
        }
        return byNumber ? lines + "\n（回复数字选择）" : lines.toString();
    }

    private String card(JsonObject card, String said) {
        List<String> lines = new ArrayList<>();
        switch (card.getString("kind")) {
            case "case" -> {
                String number = card.getString("number");
                if (number != null) {
                    lines.add(link("/cases/" + number, "查看这件诉求"));
                }
            }
            case "law" -> {
                String text = card.getString("text");
                if (text != null && !said.contains(text.substring(0, Math.min(24, text.length())))) {
                    lines.add(plain(text));
                }
                each(card, "citations", cited -> lines.add(plain(cited.getString("label"))));
                String id = card.getString("card");
                if (id != null) {
                    lines.add(link("/legal/cards/" + id, "看全文和法条"));
                }
            }
            case "team" ->
                each(
                        card,
                        "members",
                        member -> lines.add(plain(member.getString("roleName")) + " "
                                + plain(member.getString("name")) + " "
                                + Objects.requireNonNullElse(member.getString("phone"), "")));
            case "hotline" ->
                each(card, "hotlines", line -> {
                    String number = plain(line.getString("number"));
                    if (!said.contains(number)) {
                        lines.add(number + " " + plain(line.getString("name")));
                    }
                });
            case "eligibility" -> {
                each(card, "facts", fact -> {
                    String value = plain(fact.getString("value"));
                    if (!said.contains(value) && !"article".equals(fact.getString("name"))) {
                        lines.add(value);
                    }
                });
                lines.add(link("/legal/eligibility", "看看能不能申请法律援助"));
            }
            default -> {
                // A draft is read out in the words above.
            }
        }
        return String.join("\n", lines.stream().map(String::strip).toList());
    }

    private static void each(JsonObject card, String field, java.util.function.Consumer<JsonObject> what) {
        JsonArray all = card.getJsonArray(field, new JsonArray());
        all.forEach(one -> what.accept((JsonObject) one));
    }

    private static void paragraph(StringBuilder all, String words) {
        if (!words.isBlank()) {
            all.append(all.isEmpty() ? "" : "\n\n").append(words.strip());
        }
    }

    /** WeChat makes links of tags: only ours shall be some. */
    private static String plain(@Nullable String words) {
        return words == null ? "" : words.replace('<', '〈').replace('>', '〉');
    }

    /** Cut at paragraphs, else at lines, else between characters; never within a link. */
    static List<String> texts(String words) {
        List<String> texts = new ArrayList<>();
        String left = words.strip();
        while (!left.isEmpty() && texts.size() < MOST_TEXTS) {
            if (bytes(left) <= MOST_BYTES) {
                texts.add(left);
                return texts;
            }
            boolean last = texts.size() == MOST_TEXTS - 1;
            String head = head(left, MOST_BYTES - (last ? bytes(CUT) : 0));
            texts.add(last ? head.strip() + CUT : head.strip());
            left = left.substring(head.length()).strip();
        }
        return texts;
    }

    private static String head(String words, int most) {
        int end = 0;
        int bytes = 0;
        while (end < words.length()) {
            int point = words.codePointAt(end);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes + size > most) {
                break;
            }
            bytes += size;
            end += Character.charCount(point);
        }
        String fits = words.substring(0, end);
        int paragraph = fits.lastIndexOf("\n\n");
        if (paragraph > end / 3) {
            return fits.substring(0, paragraph);
        }
        int line = fits.lastIndexOf('\n');
        if (line > end / 3) {
            return fits.substring(0, line);
        }
        int link = fits.lastIndexOf("<a ");
        boolean withinLink = link > 0 && fits.indexOf("</a>", link) < 0;
        return withinLink ? fits.substring(0, link) : fits;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
