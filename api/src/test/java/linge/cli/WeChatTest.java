package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.Decoder;
import io.vertx.core.Vertx;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import linge.Reply;
import linge.SettableClock;
import linge.TestApp;
import linge.notify.wechat.platform.WeChatPlatform;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The menu and the posters as an operator makes them. */
class WeChatTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static WeChatPlatform platform;
    private static TestApp app;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        platform = WeChatPlatform.start(VERTX, new SettableClock(), 11);
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
        platform.close();
        VERTX.close().await();
    }

    private Map<String, String> settings(boolean weChat) {
        Map<String, String> all = new HashMap<>(Map.of(
                "LINGE_DATA", folder.resolve("data").toString(),
                "LINGE_DB_URL", app.database().url(),
                "LINGE_PUBLIC_URL", "https://linge.example.cn"));
        if (weChat) {
            all.put("LINGE_WECHAT_APP_ID", platform.account().appId());
            all.put("LINGE_WECHAT_SECRET", platform.account().secret());
            all.put("LINGE_WECHAT_TOKEN", platform.account().token());
            all.put("LINGE_WECHAT_API", platform.api());
        }
        return all;
    }

    @Test
    void the_menu_that_ships_is_taken_and_a_wrong_one_is_refused_in_one_line() throws IOException {
        Command.Ended ended = Command.run(settings(true), "wechat", "menu");
        assertEquals(0, ended.code(), ended.said());
        assertEquals(1, platform.calls("/cgi-bin/menu/create"));
        assertEquals(0, platform.refusals().size());
        Path wrong = folder.resolve("menu.json");
        Files.writeString(wrong, "{\"button\":[{\"type\":\"view\",\"name\":\"一个名字太长太长的菜单\",\"url\":\"{url}/\"}]}");
        Command.Ended refused = Command.run(settings(true), "wechat", "menu", "--file", wrong.toString());
        assertEquals(1, refused.code());
        assertTrue(refused.said().contains("菜单不能用") && !refused.said().contains("Exception"), refused.said());
        assertEquals(1, Command.run(settings(false), "wechat", "menu").code());
        assertEquals(1, platform.calls("/cgi-bin/menu/create"));
    }

    @Test
    void every_grid_of_an_area_gets_a_poster_whose_code_leads_there() throws Exception {
        String grid = app.grid();
        String village = grid.substring(0, 12);
        Path plain = folder.resolve("plain");
        Command.Ended ended = Command.run(
                settings(false), "wechat", "posters", "--area", village, "--form", "svg", "--out", plain.toString());
        assertEquals(0, ended.code(), ended.said());
        long grids = app.count("SELECT count(*) FROM grids WHERE code LIKE $1", village + "%");
        try (Stream<Path> files = Files.list(plain)) {
            assertEquals(grids + 1, files.count());
        }
        String svg = Files.readString(plain.resolve(grid + ".svg"));
        assertTrue(svg.contains("width=\"210mm\" height=\"297mm\""), svg.substring(0, 200));
        assertEquals("https://linge.example.cn/report?grid=" + grid, scanned(svg));

        Path inWeChat = folder.resolve("wechat");
        for (int again = 0; again < 2; again++) {
            Command.Ended made =
                    Command.run(settings(true), "wechat", "posters", "--area", grid, "--out", inWeChat.toString());
            assertEquals(0, made.code(), made.said());
        }
        String address = photographed(Files.readAllBytes(inWeChat.resolve(grid + ".pdf")));
        assertTrue(address.startsWith("http://weixin.qq.com/q/"), address);
        // Codes are limited in number: the second time none was asked for.
        assertEquals(1, platform.calls("/cgi-bin/qrcode/create"));
        assertEquals(
                1,
                Command.run(settings(false), "wechat", "posters", "--area", "999999", "--out", plain.toString())
                        .code());
    }

    @Test
    void staff_open_the_posters_of_their_own_ground() throws Exception {
        String grid = app.grid();
        String svg = app.staff("worker-" + grid)
                .get("/api/wechat/posters/" + grid)
                .expect(200)
                .text();
        assertEquals(app.url() + "/report?grid=" + grid, scanned(svg));
        Reply pdf = app.staff("worker-" + grid)
                .get("/api/wechat/posters/" + grid + "?form=pdf")
                .expect(200);
        assertEquals("application/pdf", pdf.header("content-type"));
        assertEquals(app.url() + "/report?grid=" + grid, photographed(pdf.bytes()));
        List<Object> listed = app.staff("worker-" + grid)
                .get("/api/wechat/posters")
                .expect(200)
                .items()
                .getList();
        assertEquals(1, listed.size());
        app.staff("worker-" + grid).get("/api/wechat/posters/140481001001001").refused(403, "not-allowed");
        app.staff("admin").get("/api/wechat/posters/140403999999").refused(404, "not-found");
    }

    /** Draws the page as a printer would, and reads its code as a camera would; the letters come with it. */
    private static String photographed(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertEquals(1, document.getNumberOfPages());
            PDPage page = document.getPage(0);
            assertEquals(297, page.getMediaBox().getHeight() * 25.4 / 72, 0.5);
            for (COSName name : page.getResources().getFontNames()) {
                assertTrue(page.getResources().getFont(name).isEmbedded(), name.getName());
            }
            String words = new PDFTextStripper().getText(document);
            assertTrue(words.contains("扫码上报身边事") && words.contains("110 报警"), words);
            BufferedImage seen = new PDFRenderer(document).renderImageWithDPI(0, 90);
            int[] pixels = seen.getRGB(0, 0, seen.getWidth(), seen.getHeight(), null, 0, seen.getWidth());
            return new QRCodeReader()
                    .decode(new BinaryBitmap(
                            new HybridBinarizer(new RGBLuminanceSource(seen.getWidth(), seen.getHeight(), pixels))))
                    .getText();
        }
    }

    /** Reads the code as a camera would: the drawn squares back into modules, and those into words. */
    private static String scanned(String svg) throws Exception {
        Matcher group = Pattern.compile("<rect width=\"(\\d+)\" height=\"\\d+\" fill=\"#fff\"/><path d=\"([^\"]+)\"")
                .matcher(svg);
        assertTrue(group.find(), "no code on the poster");
        int quiet = 4;
        int side = Integer.parseInt(group.group(1)) - 2 * quiet;
        BitMatrix modules = new BitMatrix(side);
        Matcher bar = Pattern.compile("M(\\d+) (\\d+)h(\\d+)").matcher(group.group(2));
        while (bar.find()) {
            int x = Integer.parseInt(bar.group(1)) - quiet;
            int y = Integer.parseInt(bar.group(2)) - quiet;
            modules.setRegion(x, y, Integer.parseInt(bar.group(3)), 1);
        }
        return new Decoder().decode(modules).getText();
    }
}
