package linge.wechat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import linge.shared.QrCode;

/**
 * An A4 page to print and hang: where this is, a code to scan, whom to call. An SVG in millimetres, the code as a path of its
 * own, so that it prints sharp from any browser.
 *
 * @param title where the code hangs, e.g. the grid's name
 * @param place the village and what is above it
 * @param address what the code holds
 * @param withWeChat whether to scan it with WeChat, or with any camera
 * @param demo whether the grid is made up
 */
record Poster(String title, String place, String address, boolean withWeChat, boolean demo) {

    private static final double CODE_SIDE = 112;
    private static final double CODE_LEFT = (210 - CODE_SIDE) / 2;
    private static final double CODE_TOP = 92;

    private static final int TITLE_LINE = 11;
    private static final int PLACE_LINE = 22;

    String svg() {
        StringBuilder svg = new StringBuilder(16_000);
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" lang="zh-CN">
                <title>%s 扫码上报</title>
                <style>
                @page { size: A4; margin: 0 }
                text { font-family: 'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif; text-anchor: middle; fill: #12302b }
                </style>
                <rect width="210" height="297" fill="#fff"/>
                <rect width="210" height="54" fill="#0b6b5c"/>
                <text x="105" y="26" font-size="17" font-weight="700" style="fill:#fff">扫码上报身边事</text>
                <text x="105" y="42" font-size="8" style="fill:#fff">路灯坏了 · 漏水 · 欠薪 · 邻里纠纷，说一声就有人管</text>
                """.formatted(escaped(title)));
        double y = lines(svg, title, TITLE_LINE, 12, 69, 13, true);
        lines(svg, place, PLACE_LINE, 6.5, y, 8, false);
        code(svg);
        svg.append(text(214, 8.5, true, withWeChat ? "微信扫一扫，直接说是什么事" : "用手机扫一扫，直接说是什么事"));
        svg.append(text(227, 6.5, false, "不用写地址，系统知道您在这里；可以发语音、照片"));
        svg.append(text(237, 6.5, false, "每一步办到哪儿，都会告诉您"));
        svg.append("<line x1=\"25\" y1=\"248\" x2=\"185\" y2=\"248\" stroke=\"#0b6b5c\" stroke-width=\".6\"/>\n");
        svg.append(text(261, 8, true, "有危险先打电话：110 报警 · 119 火警 · 120 急救"));
        svg.append(text(273, 6.5, false, "12345 政务服务热线    12348 法律服务热线"));
        svg.append(text(287, 4.5, false, "邻格 · 长治市社会治安综合治理中心" + (demo ? " · 演示，网格为生成" : "")));
        return svg.append("</svg>\n").toString();
    }

    private void code(StringBuilder svg) {
        QrCode code = QrCode.of(address);
        int side = code.side();
        svg.append(String.format(
                Locale.ROOT,
                "<g role=\"img\" aria-label=\"二维码\" transform=\"translate(%.3f %.3f) scale(%.5f)\" shape-rendering=\"crispEdges\">"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path d=\"%s\" fill=\"#000\"/></g>%n",
                CODE_LEFT,
                CODE_TOP,
                CODE_SIDE / side,
                side,
                side,
                code.path()));
    }

    /** Lines of so many characters; where the next would stand. */
    private static double lines(
            StringBuilder svg, String words, int most, double size, double y, double step, boolean bold) {
        double at = y;
        for (String line : cut(words, most)) {
            svg.append(text(at, size, bold, line));
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

    private static String text(double y, double size, boolean bold, String words) {
        return String.format(
                Locale.ROOT,
                "<text x=\"105\" y=\"%.1f\" font-size=\"%.1f\"%s>%s</text>%n",
                y,
                size,
                bold ? " font-weight=\"700\"" : "",
                escaped(words));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
