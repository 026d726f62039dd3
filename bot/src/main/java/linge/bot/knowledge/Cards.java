package linge.bot.knowledge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/** All knowledge cards, by topic in the order pages show them. Immutable. */
public final class Cards {
    private final List<Topic> topics;
    private final Map<String, Card> byId;

    private Cards(List<Topic> topics, Map<String, Card> byId) {
        this.topics = List.copyOf(topics);
        this.byId = Collections.unmodifiableMap(byId);
    }

    private static final class Shipped {
        static final Cards CARDS = load();

        private static Cards load() {
            var files = new LinkedHashMap<String, List<String>>();
            for (String file : Resources.lines(Cards.class, "cards/index.txt")) {
                files.put(file, linesOf("cards/" + file));
            }
            return read(files, CitedLaws.shipped());
        }
    }

    /** The cards that come with Linge; read once, on first use. */
    public static Cards shipped() {
        return Shipped.CARDS;
    }

    /**
     * Reads cards from the text of their files.
     *
     * @param files lines by file name, in the order topics are shown
     * @param laws those that may be cited
     * @throws CardFaults with a line for each fault, naming file and line
     */
    public static Cards read(Map<String, List<String>> files, CitedLaws laws) {
        var faults = new ArrayList<String>();
        var topics = new LinkedHashMap<String, Topic>();
        var byId = new LinkedHashMap<String, Card>();
        files.forEach((file, lines) -> {
            @Nullable Topic topic = new CardReader(file, laws, faults).read(lines);
            if (topic != null) {
                if (topics.put(topic.id(), topic) != null) {
                    faults.add(file + ":2 话题的代号重复：" + topic.id());
                }
                for (Card card : topic.cards()) {
                    if (byId.put(card.id(), card) != null) {
                        faults.add(file + ":1 卡片的代号重复：" + card.id());
                    }
                }
            }
        });
        CardFaults.throwIfAny(faults);
        return new Cards(List.copyOf(topics.values()), byId);
    }

    /** The life situations, in the order pages show them. */
    public List<Topic> topics() {
        return topics;
    }

    public Optional<Topic> topic(String id) {
        return topics.stream().filter(topic -> topic.id().equals(id)).findFirst();
    }

    public Optional<Card> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Every card, topic after topic. */
    public List<Card> all() {
        return List.copyOf(byId.values());
    }

    public int size() {
        return byId.size();
    }

    private static List<String> linesOf(String file) {
        var stream = Objects.requireNonNull(Cards.class.getResourceAsStream(file), file);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
