package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PosterPdfTest {

    private static InputStream resource(String path) {
        return PosterPdfTest.class.getResourceAsStream(path);
    }

    @Test
    void every_letter_of_every_place_name_can_be_printed() throws Exception {
        try (TrueTypeFont font = new TTFParser()
                .parse(new RandomAccessReadBuffer(resource("/linge/wechat/DroidSansFallbackFull.ttf")))) {
            CmapLookup letters = font.getUnicodeCmapLookup();
            String names = new String(resource("/linge/bot/place/changzhi.csv").readAllBytes(), StandardCharsets.UTF_8);
            Set<String> wanting = names.codePoints()
                    .filter(letter -> Character.isIdeographic(letter) && letters.getGlyphId(letter) == 0)
                    .mapToObj(Character::toString)
                    .collect(Collectors.toSet());
            assertEquals(Set.of(), wanting);
        }
    }

    @Test
    void a_letter_the_font_does_not_have_is_marked_and_the_poster_is_made_all_the_same() throws Exception {
        byte[] pdf = PosterPdf.of(new Poster("𰻝𰻝面馆", "长治", "https://linge.example.cn", false, false));
        assertTrue(pdf.length < 200_000, pdf.length + " bytes: only the letters it uses are in it");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String words = new PDFTextStripper().getText(document);
            assertTrue(words.contains("〓〓面馆"), words);
            assertEquals(
                    2,
                    words.chars().filter(letter -> letter == '〓').count(),
                    "all our own words can be printed: " + words);
            assertTrue(words.contains("110 报警 · 119 火警"), words);
        }
    }
}
