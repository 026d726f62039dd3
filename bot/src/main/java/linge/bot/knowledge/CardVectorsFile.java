package linge.bot.knowledge;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the file of the cards' vectors anew: after cards or {@code heard.tsv} have changed. */
public final class CardVectorsFile {
    private CardVectorsFile() {}

    /** Embeds every sentence that retrieval reads and writes the file; returns how many there are. */
    public static int write(Cards cards, Path file) throws IOException {
        List<String> texts = cards.all().stream()
                .flatMap(card -> CardForms.of(card).questions().stream())
                .distinct()
                .toList();
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            CardVectors.write(out, texts);
        }
        return texts.size();
    }
}
