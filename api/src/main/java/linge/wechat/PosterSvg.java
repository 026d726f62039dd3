package linge.wechat;

import java.util.Locale;
import linge.shared.QrCode;

/** A poster as an SVG in millimetres, the code as a path of its own, so that it prints sharp from any browser. */
final class PosterSvg {

    private PosterSvg() {}

    static String of(Poster poster) {
        StringBuilder svg = new StringBuilder(16_000);
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" lang="zh-CN">
                <title>%s 扫码上报</title>
                <style>
                @page { size: A4; margin: 0 }
                text { font-family: 'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif; text-anchor: middle }
                </style>
                """.formatted(escaped(poster.title())));
        for (Poster.Mark mark : poster.marks()) {
            if (mark instanceof Poster.Mark.Box box) {
                svg.append(format(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>%n",
                        box.x(), box.y(), box.width(), box.height(), box.colour()));
            } else if (mark instanceof Poster.Mark.Line line) {
                svg.append(format(
                        "<text x=\"105\" y=\"%.1f\" font-size=\"%.1f\" fill=\"#%06x\"%s>%s</text>%n",
                        line.y(),
                        line.size(),
                        line.colour(),
                        line.bold() ? " font-weight=\"700\"" : "",
                        escaped(line.words())));
            } else if (mark instanceof Poster.Mark.Code code) {
                svg.append(code(code));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String code(Poster.Mark.Code code) {
        QrCode drawn = code.drawn();
        return format(
                "<g role=\"img\" aria-label=\"二维码\" transform=\"translate(%.3f %.3f) scale(%.5f)\" shape-rendering=\"crispEdges\">"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path d=\"%s\" fill=\"#000\"/></g>%n",
                code.left(), code.top(), code.width() / drawn.side(), drawn.side(), drawn.side(), drawn.path());
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
