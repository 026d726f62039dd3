package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import linge.db.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalendarImportTest {

    @TempDir
    private Path folder;

    @Test
    void a_notice_is_checked_then_imported_and_a_fault_is_told_with_its_line() throws IOException {
        Map<String, String> settings = Map.of(
                "LINGE_DB_URL",
                TestDatabase.fresh().url(),
                "LINGE_DATA",
                folder.resolve("data").toString());
        Path file = folder.resolve("2031.csv");
        String csv = """
                年份,开始,结束,安排,节日,文号
                2031,2031-01-01,2031-01-01,放假,元旦,测试
                2031,2031-05-01,2031-05-05,放假,劳动节,测试
                2031,2031-10-01,2031-10-07,放假,国庆节,测试
                """;
        Files.writeString(file, csv, StandardCharsets.UTF_8);
        Command.Ended looked = Command.run(settings, "calendar", "import", "--check", file.toString());
        assertEquals(0, looked.code(), looked::said);
        assertTrue(looked.said().contains("2031 年（测试）：放假 13 天，调休上班 0 天，原来没有"), looked::said);
        assertTrue(looked.said().contains("没有导入"), looked::said);
        Command.Ended taken = Command.run(settings, "calendar", "import", file.toString());
        assertTrue(taken.said().contains("已导入"), taken::said);
        Command.Ended again = Command.run(settings, "calendar", "import", file.toString());
        assertTrue(again.said().contains("没有改动"), again::said);
        Files.writeString(file, csv.replace("2031-05-05", "2031-05-35"), StandardCharsets.UTF_8);
        Command.Ended wrong = Command.run(settings, "calendar", "import", file.toString());
        assertEquals(1, wrong.code(), wrong::said);
        assertTrue(wrong.said().contains("第 3 行"), wrong::said);
    }
}
