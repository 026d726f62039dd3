package linge.wechat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import linge.shared.QrCode;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/** A poster as a PDF for a print shop: the letters it uses are in it, so it looks the same wherever it is printed. CPU work. */
final class PosterPdf {

    /** Points in a millimetre. */
    private static final float MM = 72 / 25.4f;

    /** The font has one weight: letters that are to stand out get an edge of this part of their size. */
    private static final float EDGE = 0.035f;

    /** What printers put where a letter is wanting. */
    private static final int GETA = 0x3013;

    private final Poster poster;
    private final PDPageContentStream page;
    private final Letters latin;
    private final Letters han;

    private PosterPdf(Poster poster, PDPageContentStream page, Letters latin, Letters han) {
        this.poster = poster;
        this.page = page;
        this.latin = latin;
        this.han = han;
    }

    /** A font in the document, and which letters it has. */
    private record Letters(PDType0Font font, CmapLookup shapes) {

        static Letters in(PDDocument document, TrueTypeFont font) throws IOException {
            return new Letters(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup());
        }

        boolean has(int letter) {
            return shapes.getGlyphId(letter) != 0;
        }

        float width(String words, float size) throws IOException {
            return font.getStringWidth(words) / 1000 * size;
        }
    }

    /** Letters of one font side by side. */
    private record Piece(Letters letters, String words) {}

    static byte[] of(Poster poster) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(100_000);
        // The one comes with PDFBox, and is for figures; the other has every letter of Chinese, and no figures.
        try (TrueTypeFont latin =
                        font(PDDocument.class, "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
                TrueTypeFont han = font(PosterPdf.class, "DroidSansFallbackFull.ttf");
                PDDocument document = new PDDocument()) {
            document.getDocumentInformation().setTitle(poster.title() + " 扫码上报");
            document.getDocumentCatalog().setLanguage("zh-CN");
            PDPage sheet = new PDPage(PDRectangle.A4);
            document.addPage(sheet);
            try (PDPageContentStream page = new PDPageContentStream(document, sheet)) {
                new PosterPdf(poster, page, Letters.in(document, latin), Letters.in(document, han)).draw();
            }
            document.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TrueTypeFont font(Class<?> beside, String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(path), path)) {
            return new TTFParser().parse(new RandomAccessReadBuffer(in));
        }
    }

    private void draw() throws IOException {
        for (Poster.Mark mark : poster.marks()) {
            if (mark instanceof Poster.Mark.Box box) {
                box(box.x(), box.y(), box.width(), box.height(), box.colour());
            } else if (mark instanceof Poster.Mark.Line line) {
                line(line);
            } else if (mark instanceof Poster.Mark.Code code) {
                code(code);
            }
        }
    }

    private void box(double x, double y, double width, double height, int colour) throws IOException {
        colour(colour);
        page.addRect(mm(x), mm(Poster.HEIGHT - y - height), mm(width), mm(height));
        page.fill();
    }

    private void line(Poster.Mark.Line line) throws IOException {
        List<Piece> pieces = pieces(line.words());
        float size = mm(line.size());
        float width = 0;
        for (Piece piece : pieces) {
            width += piece.letters().width(piece.words(), size);
        }
        colour(line.colour());
        page.beginText();
        page.setRenderingMode(line.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        page.setLineWidth(size * EDGE);
        page.newLineAtOffset(mm(Poster.WIDTH / 2) - width / 2, mm(Poster.HEIGHT - line.y()));
        for (Piece piece : pieces) {
            page.setFont(piece.letters().font(), size);
            page.showText(piece.words());
        }
        page.endText();
    }

    private List<Piece> pieces(String words) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder so = new StringBuilder();
        Letters font = latin;
        for (int letter : words.codePoints().toArray()) {
            Letters wanted = latin.has(letter) ? latin : han;
            if (wanted != font && !so.isEmpty()) {
                pieces.add(new Piece(font, so.toString()));
                so.setLength(0);
            }
            font = wanted;
            so.appendCodePoint(wanted.has(letter) ? letter : GETA);
        }
        pieces.add(new Piece(font, so.toString()));
        return pieces;
    }

    private void code(Poster.Mark.Code code) throws IOException {
        box(code.left(), code.top(), code.width(), code.width(), 0xffffff);
        colour(0);
        double module = code.width() / code.drawn().side();
        for (QrCode.Run run : code.drawn().runs()) {
            page.addRect(
                    mm(code.left() + run.x() * module),
                    mm(Poster.HEIGHT - code.top() - (run.y() + 1) * module),
                    mm(run.length() * module),
                    mm(module));
        }
        // One path: no light seams between modules.
        page.fill();
    }

    private void colour(int colour) throws IOException {
        float red = ((colour >> 16) & 255) / 255f;
        float green = ((colour >> 8) & 255) / 255f;
        float blue = (colour & 255) / 255f;
        page.setNonStrokingColor(red, green, blue);
        page.setStrokingColor(red, green, blue);
    }

    private static float mm(double millimetres) {
        return (float) (millimetres * MM);
    }
}
