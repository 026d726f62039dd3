package linge.bot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linge.bot.cli.Commands.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriageModelsTest {
    private static final String[] PLACES = {"东街", "西街", "南街", "北街", "学校", "公园", "桥头", "村口", "医院", "广场"};
    private static final String LAMP = "MUNICIPAL.STREET_LAMP";
    private static final String DOGS = "SANITATION.DOGS";

    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void write() throws IOException {
        model = folder.resolve("m.bin");
        Files.createDirectories(folder.resolve("lines"));
        Files.writeString(folder.resolve("keywords.tsv"), LAMP + "\t路灯 灯杆\n" + DOGS + "\t遛狗 狗叫\n");
        Files.writeString(folder.resolve("lines/a.txt"), lines(LAMP, DOGS));
        var heldOut = new StringBuilder();
        for (String code : List.of(LAMP, DOGS)) {
            heldOut.append("# ").append(code).append('\n');
            for (int i = 1; i <= 6; i++) {
                heldOut.append(i).append(code.equals(LAMP) ? "号楼前的路灯黑着\n" : "号楼的狗半夜叫\n");
            }
        }
        Files.writeString(folder.resolve("held-out.txt"), heldOut);
    }

    /** Lines about lamps under one code, lines about dogs under the other. */
    private static String lines(String lamps, String dogs) {
        var first = new StringBuilder("# " + lamps + "\n");
        var second = new StringBuilder("# " + dogs + "\n");
        for (String place : PLACES) {
            first.append(place).append("的路灯不亮了\n").append(place).append("那根灯杆歪了，灯也黑着\n");
            second.append(place).append("的狗不拴绳子\n").append(place).append("有人遛狗，狗叫个不停\n");
        }
        return first.append(second).toString();
    }

    private Said train(Path out, String... more) {
        var args = new ArrayList<>(List.of("triage", "train", "--lines", folder.toString(), "--out", out.toString()));
        args.addAll(List.of(more));
        return Commands.run("", args.toArray(String[]::new));
    }

    /** A first model has nothing to be measured against but itself. */
    private void trainFirst() throws IOException {
        Path csv = Files.writeString(folder.resolve("first.csv"), csvOfLines());
        Said said = Commands.run(
                "",
                "train",
                "--data",
                csv.toString(),
                "--text",
                "text",
                "--label",
                "label",
                "--model",
                model.toString(),
                "--min-docs",
                "1");
        assertEquals(0, said.code(), said.err());
    }

    private static String csvOfLines() {
        var out = new StringBuilder("text,label,was,corrected_at\n");
        String code = "";
        for (String line : lines(LAMP, DOGS).split("\n")) {
            if (line.startsWith("# ")) {
                code = line.substring(2);
            } else {
                out.append(line).append(',').append(code).append(",,2026-11-24T03:00:00Z\n");
            }
        }
        return out.toString();
    }

    @Test
    void a_model_as_good_as_the_present_one_is_written_and_used() throws IOException {
        trainFirst();
        Path out = folder.resolve("new.bin");
        Said said = train(out, "--present", model.toString());
        assertEquals(0, said.code(), said.err());
        JsonNode figures = new ObjectMapper().readTree(said.out());
        assertEquals(12, figures.get("n").asInt());
        assertEquals(1.0, figures.get("accuracy").asDouble());
        Said classified = Commands.run("巷子里的路灯坏了\n", "classify", "--model", out.toString());
        assertTrue(classified.out().contains(LAMP), classified.out());
        Said evaluated =
                Commands.run("", "triage", "evaluate", "--lines", folder.toString(), "--model", out.toString());
        assertTrue(evaluated.out().contains("\"set\":\"held-out\",\"n\":12,\"accuracy\":1.0"), evaluated.out());
    }

    @Test
    void a_worse_model_is_refused_and_nothing_is_written() throws IOException {
        trainFirst();
        Files.writeString(folder.resolve("lines/a.txt"), lines(DOGS, LAMP));
        Path out = folder.resolve("new.bin");
        Path report = folder.resolve("report.md");
        Said said = train(out, "--present", model.toString(), "--report", report.toString());
        assertEquals(1, said.code());
        assertTrue(said.err().contains("新模型比现在的差"), said.err());
        assertFalse(Files.exists(out));
        assertTrue(Files.readString(report).contains("混淆矩阵"));
    }

    @Test
    void corrections_of_staff_are_learnt() throws IOException {
        trainFirst();
        Path corrections = folder.resolve("corrections.csv");
        var csv = new StringBuilder("text,label,was,corrected_at\n");
        for (String place : PLACES) {
            csv.append(place).append("的蝙蝠飞进屋,").append(DOGS).append(",GENERAL.SERVICE,2026-11-24T03:00:00Z\n");
        }
        Files.writeString(corrections, csv);
        Path out = folder.resolve("new.bin");
        Said said = train(out, "--present", model.toString(), "--corrections", corrections.toString());
        assertEquals(0, said.code(), said.err());
        assertTrue(Commands.run("蝙蝠飞进来了\n", "classify", "--model", out.toString())
                .out()
                .contains(DOGS));
    }

    @Test
    void a_correction_to_no_category_is_told_in_one_sentence() throws IOException {
        Path corrections = Files.writeString(folder.resolve("corrections.csv"), "text,label\n路不平,ROADS\n");
        Said said = train(folder.resolve("new.bin"), "--corrections", corrections.toString());
        assertEquals(1, said.code());
        assertTrue(said.err().contains("ROADS"), said.err());
    }

    @Test
    void without_a_model_classify_tells_whose_it_is_and_every_matter() throws IOException {
        Said said = Commands.run("路灯坏了,另外物业还乱收费\n\n", "classify");
        String[] lines = said.out().split("\n");
        JsonNode both = new ObjectMapper().readTree(lines[0]);
        assertEquals(2, both.get("issues").size());
        JsonNode lamp = both.get("issues").get(0);
        assertEquals(LAMP, lamp.get("label").asText());
        assertEquals("URBAN_MANAGEMENT", lamp.get("department").get("code").asText());
        assertEquals("UM-1", lamp.get("admission").get("code").asText());
        assertEquals("GRID", lamp.get("admission").get("handler").asText());
        assertEquals("PROPERTY", both.get("issues").get(1).get("mediation").asText());
        JsonNode empty = new ObjectMapper().readTree(lines[1]);
        assertTrue(empty.get("label").isNull() && empty.get("abstained").asBoolean(), lines[1]);
    }
}
