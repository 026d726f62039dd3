package linge.notify;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All words we send, by template and channel: files beside this class that a clerk can edit. {@code NAME.sms-elder.txt}
 * holds the SMS of those who asked for short plain sentences. Where there are words for a template message, a
 * subscription message says the same, and a customer-service message says what the inbox says, unless it has a file of
 * its own.
 */
public final class Templates {

    private static final String FOLDER = "templates/";
    private static final String INDEX = "index.txt";
    private static final String ENDING = ".txt";
    private static final String TEMPLATE_MESSAGE = "wechat-template";
    private static final String SERVICE_MESSAGE = "wechat-service";
    private static final String SUBSCRIPTION = "wechat-subscription";
    private static final String ELDER = "-elder";

    private final SortedMap<String, SortedMap<String, Wording>> byName = new TreeMap<>();

    private Templates(Map<String, String> files) {
        files.forEach((file, content) -> {
            String[] name = file.split("\\.", -1);
            if (name.length != 3 || !file.endsWith(ENDING)) {
                throw new IllegalArgumentException(file + " is not named TEMPLATE.CHANNEL.txt");
            }
            byName.computeIfAbsent(name[0], n -> new TreeMap<>()).put(name[1], parse(name[1], file, content));
        });
        byName.values().forEach(channels -> {
            Wording template = channels.get(TEMPLATE_MESSAGE);
            if (template != null) {
                channels.putIfAbsent(SUBSCRIPTION, template);
            }
            Wording inbox = channels.get(InApp.NAME);
            if (template != null && inbox != null) {
                channels.putIfAbsent(SERVICE_MESSAGE, inbox);
            }
        });
    }

    private static Wording parse(String channel, String file, String content) {
        if (channel.equals(TEMPLATE_MESSAGE) || channel.equals(SUBSCRIPTION)) {
            return Keywords.parse(file, content);
        }
        Template words = Template.parse(file, content);
        if (words.shown().contains(Field.AT)) {
            throw new IllegalArgumentException(file + " has the field {at}, which only keywords know");
        }
        return words;
    }

    /** The templates that come with this module. */
    public static Templates standard() {
        Map<String, String> files = new LinkedHashMap<>();
        // Listed by name: folders inside a jar have no listing of their own.
        read(INDEX).lines().filter(f -> !f.isBlank()).forEach(file -> files.put(file, read(file)));
        return new Templates(files);
    }

    /** Templates from content by file name, e.g. {@code case-filed.sms.txt}. */
    public static Templates of(Map<String, String> files) {
        return new Templates(files);
    }

    private static String read(String file) {
        try (InputStream in = Templates.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalArgumentException("template file " + file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every template's name, in order. */
    public SortedSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** The channels a template has words for. */
    public SortedSet<String> channels(String template) {
        SortedSet<String> channels = new TreeSet<>(forChannels(template).keySet());
        channels.removeIf(channel -> channel.endsWith(ELDER));
        return channels;
    }

    /** The fields that a template's words for one channel cannot do without. */
    Set<Field> needed(String template, String channel) {
        Wording words = forChannels(template).get(channel);
        if (words == null) {
            throw new IllegalArgumentException("template " + template + " has no words for " + channel);
        }
        return words.needed();
    }

    /**
     * The fields a notice of this template keeps: those its channels show, cut to their bounds. What no channel shows is
     * not kept at all.
     *
     * @throws IllegalArgumentException for an unknown template, a missing field, or a value that is not text, number or
     *     boolean
     */
    JsonObject keep(String template, JsonObject fields) {
        Set<Field> shown = EnumSet.noneOf(Field.class);
        forChannels(template).values().forEach(words -> shown.addAll(words.shown()));
        JsonObject kept = new JsonObject();
        for (Field field : shown) {
            Object value = fields.getValue(field.label());
            if (value == null) {
                continue;
            }
            if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean)) {
                throw new IllegalArgumentException("the field " + field.label() + " of template " + template
                        + " is text, a number or a boolean, not "
                        + value.getClass().getSimpleName());
            }
            kept.put(field.label(), Plain.of(value.toString(), field.full()));
        }
        forChannels(template)
                .forEach((channel, words) -> words.needed().stream()
                        .filter(field -> Template.isMissing(field, kept))
                        .findFirst()
                        .ifPresent(field -> {
                            throw new IllegalArgumentException(
                                    "template " + template + " (" + channel + ") needs the field " + field.label());
                        }));
        return kept;
    }

    /**
     * Renders a template for one channel.
     *
     * @throws IllegalArgumentException for an unknown template or channel, or a missing field
     */
    public Envelope.Words render(String template, String channel, JsonObject fields) {
        return render(template, channel, fields, false, new Wording.Occasion(null, Instant.EPOCH));
    }

    /** The same for an occasion, and in short plain sentences where there are some for that channel. */
    Envelope.Words render(
            String template, String channel, JsonObject fields, boolean elder, Wording.Occasion occasion) {
        Wording plain = elder ? forChannels(template).get(channel + ELDER) : null;
        if (plain != null) {
            Envelope.Words words = plain.render(fields, occasion);
            return new Envelope.Words(words.title(), words.text(), words.keywords(), true);
        }
        Wording words = forChannels(template).get(channel);
        if (words == null) {
            throw new IllegalArgumentException("template " + template + " has no words for " + channel);
        }
        return words.render(fields, occasion);
    }

    private SortedMap<String, Wording> forChannels(String template) {
        SortedMap<String, Wording> found = byName.get(template);
        if (found == null) {
            throw new IllegalArgumentException("there is no template " + template);
        }
        return found;
    }
}
