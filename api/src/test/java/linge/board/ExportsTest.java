package linge.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;

/** Tables as programs read them. */
class ExportsTest {

    @Test
    void what_a_spreadsheet_would_run_is_read_as_text() throws IOException {
        for (String evil : List.of("=1+1", "+86", "-2", "@SUM(A1)", "  =1", "\t=1", "\uFF1D1+1", "\u3000=1")) {
            assertEquals("'" + evil, Sheet.defused(evil));
        }
        for (String good : List.of("路灯坏了", "a=b", "1-2", "", " ", "'=1")) {
            assertEquals(good, Sheet.defused(good));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Sheet csv = Sheet.csv(bytes);
        csv.row(Arrays.asList("=1+1", "他说“好”,\"行\"\n第二行", 3, null));
        csv.end();
        assertEquals("\uFEFF\"'=1+1\",\"他说“好”,\"\"行\"\"\n第二行\",3,\r\n", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_workbook_opens_and_holds_every_row() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Sheet sheet = Sheet.xlsx(bytes, "诉求");
        sheet.row(List.of("编号", "内容", "评分"));
        for (int i = 0; i < 1_000; i++) {
            sheet.row(List.of("26110100" + i, "=HYPERLINK(\"http://evil.example\")", i % 5 + 1));
        }
        sheet.end();
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
            List<Row> rows = book.getFirstSheet().read();
            assertEquals(1_001, rows.size());
            assertEquals("内容", rows.get(0).getCellText(1));
            assertEquals("'=HYPERLINK(\"http://evil.example\")", rows.get(7).getCellText(1));
            assertEquals(2, rows.get(7).getCellAsNumber(2).orElseThrow().intValue());
            assertTrue(rows.stream().allMatch(row -> row.getCell(1).getFormula() == null));
        }
        assertFalse(bytes.toString(StandardCharsets.ISO_8859_1).contains("<f>"));
    }
}
