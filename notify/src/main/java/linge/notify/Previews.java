package linge.notify;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a template reads over each channel, its characters counted as they are charged. */
public final class Previews {

    /** One SMS holds 70 characters; of several each holds 67, as their numbering takes room. */
    private static final int ONE_SMS = 70;

    private static final int ONE_OF_SEVERAL = 67;

    private final Templates templates;
    private final InstantSource clock;
    private final String signature;

    /** @param signature before every SMS, without the brackets */
    public Previews(Templates templates, InstantSource clock, String signature) {
        this.templates = templates;
        this.clock = clock;
        this.signature = signature;
    }

    /** What a template tells, in a few words: the title its inbox item has, or its name. */
    public String title(String template) {
        if (!templates.names().contains(template)
                || !templates.channels(template).contains(InApp.NAME)) {
            return template;
        }
        String title = templates.render(template, InApp.NAME, Figures.SAMPLE).title();
        return title.isEmpty() ? template : title;
    }

    /**
     * {@code {"template","fields":[{"name","value","needed"}],"missing":[…],"channels":[{"channel","title"?,"text"?,
     * "keywords"?:[{"key","value","characters"}],"characters","messages"?,"elder"}]}}; no channels while fields are missing.
     *
     * @param fields values by name, or null for samples
     * @param elder for somebody who asked for plain words
     * @throws IllegalArgumentException for an unknown template
     */
    public JsonObject of(String template, @Nullable JsonObject fields, boolean elder) {
        Set<String> needed = needed(template);
        JsonObject given = fields == null ? Figures.SAMPLE : fields;
        JsonObject bounded = new JsonObject();
        templates.keep(template, Figures.SAMPLE).fieldNames().forEach(name -> {
            Object value = given.getValue(name);
            bounded.put(name, value == null ? "" : value.toString());
        });
        JsonArray shown = new JsonArray();
        bounded.forEach(field -> shown.add(new JsonObject()
                .put("name", field.getKey())
                .put("value", field.getValue())
                .put("needed", needed.contains(field.getKey()))));
        JsonArray missing = new JsonArray();
        needed.stream().filter(name -> bounded.getString(name, "").isBlank()).forEach(missing::add);
        JsonArray channels = new JsonArray();
        if (missing.isEmpty()) {
            JsonObject kept = templates.keep(template, bounded);
            templates.channels(template).forEach(channel -> channels.add(channel(template, channel, kept, elder)));
        }
        return new JsonObject()
                .put("template", template)
                .put("fields", shown)
                .put("missing", missing)
                .put("channels", channels);
    }

    /** The names of the fields that one channel or another cannot do without. */
    private Set<String> needed(String template) {
        Set<String> needed = new TreeSet<>();
        for (String channel : templates.channels(template)) {
            templates.needed(template, channel).forEach(field -> needed.add(field.label()));
        }
        return needed;
    }

    /** The platform's keywords that a template fills over a channel; empty where it is plain text. */
    public Set<String> keywords(String template, String channel) {
        return templates.render(template, channel, Figures.SAMPLE).keywords().keySet();
    }

    private JsonObject channel(String template, String channel, JsonObject fields, boolean elder) {
        Envelope.Words words =
                templates.render(template, channel, fields, elder, new Wording.Occasion(null, clock.instant()));
        JsonObject shown = new JsonObject().put("channel", channel).put("elder", words.elder());
        if (!words.keywords().isEmpty()) {
            JsonArray keywords = new JsonArray();
            words.keywords()
                    .forEach((key, value) -> keywords.add(
                            new JsonObject().put("key", key).put("value", value).put("characters", characters(value))));
            int all = words.keywords().values().stream()
                    .mapToInt(Previews::characters)
                    .sum();
            return shown.put("keywords", keywords).put("characters", all);
        }
        String text = channel.equals(Sms.NAME) ? Sms.signed(signature, words.text()) : words.text();
        shown.put("text", text).put("characters", characters(words.title()) + characters(text));
        if (!words.title().isEmpty()) {
            shown.put("title", words.title());
        }
        return channel.equals(Sms.NAME) ? shown.put("messages", messages(text)) : shown;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Carriers count UTF-16. */
    static int messages(String text) {
        int length = text.length();
        return length <= ONE_SMS ? 1 : (length + ONE_OF_SEVERAL - 1) / ONE_OF_SEVERAL;
    }
}
