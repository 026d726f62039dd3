package linge.board;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A table written row by row, as CSV or XLSX; no row is kept once it is written. Ended only when it is whole. */
public abstract class Sheet {

    /** @param cells texts, numbers and nulls */
    public abstract void row(List<? extends @Nullable Object> cells) throws IOException;

    /** Writes what is left and closes what it was written to. */
    public abstract void end() throws IOException;

    public static Sheet csv(OutputStream to) throws IOException {
        return new Csv(to);
    }

    static Sheet xlsx(OutputStream to, String name) {
        return new Xlsx(to, name);
    }

    /**
     * A text that a spreadsheet would take for a formula begins with an apostrophe, so that it is read as the text it is: what
     * residents write must do nothing on a clerk's machine.
     */
    static String defused(String text) {
        int first = 0;
        while (first < text.length() && (text.charAt(first) == ' ' || text.charAt(first) == '\u3000')) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        return "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(first)) >= 0 ? "'" + text : text;
    }

    /** UTF-8 with the mark by which spreadsheets know it, lines ended as RFC 4180 says. */
    private static final class Csv extends Sheet {
        private final Writer to;

        Csv(OutputStream to) throws IOException {
            this.to = new OutputStreamWriter(to, StandardCharsets.UTF_8);
            this.to.write('\uFEFF');
        }

        @Override
        public void row(List<? extends @Nullable Object> cells) throws IOException {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    to.write(',');
                }
                Object cell = cells.get(i);
                if (cell instanceof Number) {
                    to.write(cell.toString());
                } else if (cell != null) {
                    String text = defused(cell.toString());
                    to.write('"');
                    to.write(text.replace("\"", "\"\""));
                    to.write('"');
                }
            }
            to.write("\r\n");
        }

        @Override
        public void end() throws IOException {
            to.close();
        }
    }

    /** Texts stand in their cells, not in a table of all texts, which would hold every one of them until the end. */
    private static final class Xlsx extends Sheet {
        private static final int FLUSH = 200;

        private final OutputStream to;
        private final Workbook book;
        private final Worksheet sheet;
        private int row;

        Xlsx(OutputStream to, String name) {
            this.to = to;
            this.book = new Workbook(to, "Linge", "1.0");
            this.sheet = book.newWorksheet(name);
            sheet.freezePane(0, 1);
        }

        @Override
        public void row(List<? extends @Nullable Object> cells) throws IOException {
            for (int i = 0; i < cells.size(); i++) {
                Object cell = cells.get(i);
                if (cell instanceof Number number) {
                    sheet.value(row, i, number);
                } else if (cell != null) {
                    sheet.inlineString(row, i, defused(cell.toString()));
                }
                if (row == 0) {
                    sheet.width(
                            i,
                            Math.min(60, Math.max(10, 2.2 * String.valueOf(cell).length() + 4)));
                }
            }
            row++;
            if (row % FLUSH == 0) {
                sheet.flush();
            }
        }

        @Override
        public void end() throws IOException {
            book.finish();
            to.close();
        }
    }
}
