package linge.bot.triage.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionsTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("corrections.csv"), content, StandardCharsets.UTF_8);
    }

    @Test
    void text_and_label_are_read_whatever_the_order_of_columns() throws IOException {
        Path file = file(
                "\ufefflabel,text,was,corrected_at\nSAFETY.FIRE,\"楼道充电,怕着火\",PROPERTY.PARKING,2026-11-24T03:00:00Z\n");
        assertEquals(List.of(new Line("SAFETY.FIRE", "楼道充电,怕着火")), Corrections.read(file));
    }

    @Test
    void the_last_correction_of_a_text_counts() throws IOException {
        Path file = file("text,label\n路灯坏了,MUNICIPAL.ROAD\n路灯坏了,MUNICIPAL.STREET_LAMP\n");
        assertEquals(List.of(new Line("MUNICIPAL.STREET_LAMP", "路灯坏了")), Corrections.read(file));
    }

    @Test
    void an_unknown_category_is_refused_with_its_place() throws IOException {
        Path file = file("text,label\n路灯坏了,MUNICIPAL.STREET_LAMP\n路不平,ROADS\n");
        String said = assertThrows(BadLines.class, () -> Corrections.read(file)).getMessage();
        assertTrue(said.contains("第 3 条") && said.contains("ROADS"), said);
    }

    @Test
    void a_file_without_the_columns_is_refused() throws IOException {
        Path file = file("words,label\n路灯坏了,MUNICIPAL.STREET_LAMP\n");
        assertTrue(assertThrows(BadLines.class, () -> Corrections.read(file))
                .getMessage()
                .contains("words"));
    }
}
