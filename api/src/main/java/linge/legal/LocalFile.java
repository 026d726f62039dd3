package linge.legal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import linge.bot.knowledge.CardFaults;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.CitedLaws;
import linge.bot.text.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of cards: the shipped ones, with the cards of this city at the end of their topics. */
final class LocalFile {

    private static final Logger log = LoggerFactory.getLogger(LocalFile.class);

    private LocalFile() {}

    /** A published card: the topic its file names, and its own lines. */
    record Card(String topic, List<String> lines) {
        static Card of(String file) {
            List<String> lines = file.lines().toList();
            String topic = lines.stream()
                    .filter(line -> line.startsWith("topic: "))
                    .map(line -> line.substring("topic: ".length()).strip())
                    .findFirst()
                    .orElse("");
            return new Card(
                    topic,
                    lines.stream().dropWhile(line -> !line.startsWith("## ")).toList());
        }
    }

    /** All cards; one of this city that a newer release can no longer read is left out and logged. */
    static Cards join(List<Card> local) {
        if (local.isEmpty()) {
            return Cards.shipped();
        }
        Map<String, List<String>> files = shipped();
        for (Card card : local) {
            for (Map.Entry<String, List<String>> file : files.entrySet()) {
                if (!file.getValue().contains("topic: " + card.topic())) {
                    continue;
                }
                List<String> longer = new ArrayList<>(file.getValue());
                longer.addAll(card.lines());
                if (readable(file.getKey(), longer)) {
                    file.setValue(longer);
                } else {
                    log.warn("a card of this city is left out: {}", card.lines().get(0));
                }
            }
        }
        return Cards.read(files, CitedLaws.shipped());
    }

    private static boolean readable(String name, List<String> lines) {
        try {
            Cards.read(Map.of(name, lines), CitedLaws.shipped());
            return true;
        } catch (CardFaults faults) {
            return false;
        }
    }

    private static Map<String, List<String>> shipped() {
        Map<String, List<String>> files = new LinkedHashMap<>();
        for (String file : Resources.lines(Cards.class, "cards/index.txt")) {
            InputStream in = Objects.requireNonNull(Cards.class.getResourceAsStream("cards/" + file), file);
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                files.put(file, reader.lines().toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
