package linge.bot.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private final WordPiece words = WordPiece.read(new ByteArrayInputStream("""
            {"model":{"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"工":3,"资":4,"，":5,"wi":6,"##fi":7,"2":8,"##0":9,"##26":10}}}""".getBytes(StandardCharsets.UTF_8)));

    @Test
    void chinese_goes_by_character_and_other_words_by_their_longest_known_pieces() {
        assertArrayEquals(new long[] {1, 3, 4, 5, 6, 7, 8, 9, 10, 2}, words.tokens("工资，WiFi 2026", 99));
    }

    @Test
    void what_the_vocabulary_has_not_is_unknown() {
        assertArrayEquals(new long[] {1, 0, 3, 0, 2}, words.tokens("龘工 xyz", 99));
        assertArrayEquals(new long[] {1, 2}, words.tokens(" \n\u3000", 99));
    }

    @Test
    void a_long_text_is_cut_and_still_closed() {
        long[] tokens = words.tokens("工".repeat(1_000), 10);
        assertEquals(10, tokens.length);
        assertEquals(2, tokens[9]);
    }
}
