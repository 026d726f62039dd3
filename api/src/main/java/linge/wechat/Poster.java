package linge.wechat;

import java.util.ArrayList;
import java.util.List;
import linge.shared.QrCode;

/**
 * An A4 page to print and hang: where this is, a code to scan, whom to call. Laid out once, in millimetres; {@link PosterSvg}
 * and {@link PosterPdf} draw it.
 *
 * @param title where the code hangs, e.g. the grid's name
 * @param place the village and what is above it
 * @param address what the code holds
 * @param withWeChat whether to scan it with WeChat, or with any camera
 * @param demo whether the grid is made up
 */
record Poster(String title, String place, String address, boolean withWeChat, boolean demo) {

    static final double WIDTH = 210;
    static final double HEIGHT = 297;

    private static final double CODE_SIDE = 112;
    private static final double CODE_TOP = 92;

    private static final int TITLE_LINE = 11;
    private static final int PLACE_LINE = 22;

    private static final int BAND = 0x0b6b5c;
    private static final int INK = 0x12302b;
    private static final int WHITE = 0xffffff;

    /** What is drawn, in order. Millimetres from the left and from the top; colours as 0xRRGGBB. */
    sealed interface Mark {

        record Box(double x, double y, double width, double height, int colour) implements Mark {}

        /** One line in the middle of the page. @param y of its baseline */
        record Line(double y, double size, boolean bold, int colour, String words) implements Mark {}

        record Code(double left, double top, double width, QrCode drawn) implements Mark {}
    }

    List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark.Box(0, 0, WIDTH, HEIGHT, WHITE));
        marks.add(new Mark.Box(0, 0, WIDTH, 54, BAND));
        marks.add(new Mark.Line(26, 17, true, WHITE, "扫码上报身边事"));
        marks.add(new Mark.Line(42, 8, false, WHITE, "路灯坏了 · 漏水 · 欠薪 · 邻里纠纷，说一声就有人管"));
        double y = lines(marks, title, TITLE_LINE, 12, 69, 13, true);
        lines(marks, place, PLACE_LINE, 6.5, y, 8, false);
        marks.add(code());
        marks.add(line(214, 8.5, true, withWeChat ? "微信扫一扫，直接说是什么事" : "用手机扫一扫，直接说是什么事"));
        marks.add(line(227, 6.5, false, "不用写地址，系统知道您在这里；可以发语音、照片"));
        marks.add(line(237, 6.5, false, "每一步办到哪儿，都会告诉您"));
        marks.add(new Mark.Box(25, 247.7, 160, 0.6, BAND));
        marks.add(line(261, 8, true, "有危险先打电话：110 报警 · 119 火警 · 120 急救"));
        marks.add(line(273, 6.5, false, "12345 政务服务热线    12348 法律服务热线"));
        marks.add(line(287, 4.5, false, "邻格 · 长治市社会治安综合治理中心" + (demo ? " · 演示，网格为生成" : "")));
        return marks;
    }

    private static Mark line(double y, double size, boolean bold, String words) {
        return new Mark.Line(y, size, bold, INK, words);
    }

    private Mark code() {
        return new Mark.Code((WIDTH - CODE_SIDE) / 2, CODE_TOP, CODE_SIDE, QrCode.of(address));
    }

    /** Lines of so many characters; where the next would stand. */
    private static double lines(
            List<Mark> marks, String words, int most, double size, double y, double step, boolean bold) {
        double at = y;
        for (String line : cut(words, most)) {
            marks.add(line(at, size, bold, line));
            at += step;
        }
        return at - step * 0.1;
    }

    private static List<String> cut(String words, int most) {
        List<String> lines = new ArrayList<>();
        int[] points = words.codePoints().toArray();
        for (int from = 0; from < points.length && lines.size() < 2; from += most) {
            lines.add(new String(points, from, Math.min(most, points.length - from)));
        }
        return lines;
    }
}
