package linge.bot.knowledge.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LawImportTest {
    private static final LawImport.Progress QUIET = (done, of) -> {};

    @TempDir
    Path dir;

    @Test
    void an_import_tells_what_it_took_and_how_far_it_is() throws IOException {
        var steps = Collections.synchronizedList(new ArrayList<Integer>());
        LawImport.Imported imported =
                LawImport.run(MadeUpLaws.file(dir, MadeUpLaws.ROWS), dir.resolve("i"), (done, of) -> {
                    assertEquals(7, of);
                    steps.add(done);
                });
        assertEquals(new LawImport.Imported(3, 9, 7), imported);
        Collections.sort(steps);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), steps);
    }

    @Test
    void a_compressed_stream_is_taken_like_a_plain_one() throws IOException {
        LawImport.run(new ByteArrayInputStream(zipped()), "上传", dir.resolve("zipped"), QUIET);
        LawImport.run(MadeUpLaws.file(dir, MadeUpLaws.ROWS), dir.resolve("plain"), QUIET);
        try (LawIndex zipped = LawIndex.open(dir.resolve("zipped"));
                LawIndex plain = LawIndex.open(dir.resolve("plain"))) {
            assertEquals(plain.search("漏水", 7), zipped.search("漏水", 7));
        }
    }

    @Test
    void a_damaged_file_is_refused_with_its_line() throws IOException {
        assertTold("第 2 行不是 JSON", MadeUpLaws.ROWS.get(0) + "\n{\"law\":");
        assertTold("第 2 行不是一个 JSON 对象", MadeUpLaws.ROWS.get(0) + "\n[]");
        assertTold("第 1 行缺少 text", MadeUpLaws.row("甲法", "", "", "第一条", "", "current"));
        assertTold("第 1 行缺少 law", MadeUpLaws.row("", "", "", "第一条", "字", "current"));
        assertTold("第 1 行的 status 不认识：dead", MadeUpLaws.row("甲法", "", "", "第一条", "字", "dead"));
        assertTold("没有法条", "\n\n");
        byte[] zipped = zipped();
        assertTold("压缩数据不完整", Arrays.copyOf(zipped, zipped.length / 2));
        assertTold("不是 UTF-8", new byte[] {'{', (byte) 0xC3, '(', '}'});
        assertTrue(assertThrows(
                        LawIndexException.class, () -> LawImport.run(dir.resolve("no.jsonl"), dir.resolve("i"), QUIET))
                .getMessage()
                .contains("没有这个文件"));
    }

    private void assertTold(String message, String lines) {
        assertTold(message, lines.getBytes(StandardCharsets.UTF_8));
    }

    private void assertTold(String message, byte[] bytes) {
        String told = assertThrows(
                        LawIndexException.class,
                        () -> LawImport.run(new ByteArrayInputStream(bytes), "坏.jsonl", dir.resolve("i"), QUIET))
                .getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void an_import_that_breaks_off_leaves_the_old_index_as_it_was() throws IOException {
        Path index = MadeUpLaws.index(dir);
        assertThrows(
                IllegalStateException.class,
                () -> LawImport.run(
                        MadeUpLaws.file(dir, List.of(MadeUpLaws.row("新法", "", "", "第一条", "全新的规定。", "current"))),
                        index,
                        (done, of) -> {
                            if (done > 0) {
                                throw new IllegalStateException("broken off");
                            }
                        }));
        assertThrows(
                LawIndexException.class,
                () -> LawImport.run(new ByteArrayInputStream("{".getBytes(StandardCharsets.UTF_8)), "坏", index, QUIET));
        try (LawIndex laws = LawIndex.open(index)) {
            assertEquals(7, laws.size());
            assertEquals("第四条", laws.search("楼上漏水", 1).get(0).article().article());
        }
        assertEquals(1, builds(index));
    }

    @Test
    void a_new_import_takes_the_place_of_the_old_while_readers_of_the_old_read_on() throws IOException {
        Path index = MadeUpLaws.index(dir);
        try (LawIndex old = LawIndex.open(index)) {
            LawImport.run(
                    MadeUpLaws.file(dir, List.of(MadeUpLaws.row("新法", "", "", "第一条", "全新的规定。", "current"))),
                    index,
                    QUIET);
            assertEquals("邻里安宁法", old.search("楼上漏水", 1).get(0).article().law());
            try (LawIndex now = LawIndex.open(index)) {
                assertEquals("新法", now.search("楼上漏水", 1).get(0).article().law());
            }
        }
        assertEquals(1, builds(index));
    }

    @Test
    void two_imports_at_once_into_one_folder_are_refused() throws IOException {
        Path index = dir.resolve("i");
        LawImport.run(MadeUpLaws.file(dir, MadeUpLaws.ROWS), index, (done, of) -> {
            if (done == 0) {
                String told = assertThrows(
                                LawIndexException.class,
                                () -> LawImport.run(MadeUpLaws.file(dir, MadeUpLaws.ROWS), index, QUIET))
                        .getMessage();
                assertTrue(told.contains("正在进行"), told);
            }
        });
    }

    @Test
    void an_index_that_is_none_or_damaged_or_of_another_format_is_refused_in_clear_words() throws IOException {
        assertRefused("没有法条索引", dir.resolve("nothing"));
        Path index = MadeUpLaws.index(dir);
        Path pointer = index.resolve("laws.json");
        String good = Files.readString(pointer);
        Files.writeString(pointer, good.replaceFirst("\"format\":\\d+", "\"format\":99"));
        assertRefused("格式是 99", index);
        Files.writeString(pointer, "{");
        assertRefused("已损坏", index);
        Files.writeString(pointer, good.replaceFirst("build-[^\"]+", "build-gone"));
        assertRefused("不完整", index);
        Files.writeString(pointer, good);
        try (Stream<Path> files = Files.walk(index)) {
            Path vectors = files.filter(file -> file.endsWith("vectors.bin"))
                    .findFirst()
                    .orElseThrow();
            Files.write(vectors, new byte[100]);
        }
        assertRefused("向量文件大小不对", index);
    }

    private static void assertRefused(String message, Path index) {
        String told = assertThrows(LawIndexException.class, () -> LawIndex.open(index))
                .getMessage();
        assertTrue(told.contains(message), told);
    }

    @Test
    void laws_known_to_be_dead_are_not_searched_whatever_the_source_says() throws IOException {
        String dead = "最高人民法院关于适用《婚姻法》若干问题的解释（二）";
        Path index = dir.resolve("i");
        LawImport.run(
                MadeUpLaws.file(
                        dir,
                        List.of(
                                MadeUpLaws.row(dead, "2003-12-25", "", "第一条", "测试用的文字。", "current"),
                                MadeUpLaws.row("甲法", "", "", "第一条", "另一条测试用的文字。", "current"))),
                index,
                QUIET);
        try (LawIndex laws = LawIndex.open(index)) {
            assertEquals(1, laws.size());
            assertEquals(Status.REPEALED, laws.article(dead, "1").orElseThrow().status());
        }
    }

    @Test
    void of_two_versions_both_called_current_the_newer_holds() throws IOException {
        Path index = dir.resolve("i");
        LawImport.run(
                MadeUpLaws.file(
                        dir,
                        List.of(
                                MadeUpLaws.row("甲法", "2020-01-01", "", "第一条", "新的文字。", "current"),
                                MadeUpLaws.row("甲法", "2010-01-01", "", "第一条", "旧的文字。", "current"))),
                index,
                QUIET);
        try (LawIndex laws = LawIndex.open(index)) {
            assertEquals(1, laws.size());
            assertEquals("新的文字。", laws.article("甲法", "1").orElseThrow().text());
        }
    }

    @Test
    void a_folder_of_markdown_statutes_is_read_as_public_repositories_keep_it() throws IOException {
        Path laws = Files.createDirectories(dir.resolve("laws/社会法"));
        Files.writeString(laws.resolve("邻里安宁法(2020-01-01).md"), """
                # 中华人民共和国邻里安宁法

                2020年1月1日 某次会议通过

                <!-- INFO END -->

                ## 第一章 总 则

                第一条 邻居应当和睦。

                第二条　有下列情形之一的，应当劝阻：

                （一）夜里吵闹；

                （二）高空扔东西。

                ## 第二章 附 则

                第三条 第一条的规定从宽解释。
                """);
        Files.writeString(laws.resolve("邻里安宁法(2010-01-01).md"), "# 中华人民共和国邻里安宁法\n\n<!-- INFO END -->\n\n第一条 旧的文字。\n");
        Files.writeString(laws.resolve("_index.md"), "# 目录\n\n第一条 不是法条。\n");
        Path code = Files.createDirectories(dir.resolve("laws/某法典"));
        Files.writeString(code.resolve("总则.md"), "# 总则\n\n<!-- INFO END -->\n\n## 第一章 一般\n\n第一条 总则的文字。\n");
        Path index = dir.resolve("i");
        assertEquals(new LawImport.Imported(2, 5, 4), LawImport.run(dir.resolve("laws"), index, QUIET));
        try (LawIndex read = LawIndex.open(index)) {
            Article second = read.article("邻里安宁法", "2").orElseThrow();
            assertEquals("有下列情形之一的，应当劝阻：\n（一）夜里吵闹；\n（二）高空扔东西。", second.text());
            assertEquals("第一章 总则", second.chapter());
            assertEquals("中华人民共和国邻里安宁法", second.title());
            assertEquals("邻居应当和睦。", read.article("邻里安宁法", "1").orElseThrow().text());
            assertEquals("第二章 附则", read.article("邻里安宁法", "3").orElseThrow().chapter());
            assertEquals("总则 第一章 一般", read.article("某法典", "1").orElseThrow().chapter());
        }
    }

    @Test
    void what_has_not_changed_is_not_embedded_again_and_found_the_same() throws IOException {
        Path index = MadeUpLaws.index(dir);
        List<ArticleHit> before;
        try (LawIndex laws = LawIndex.open(index)) {
            before = laws.search("邻居半夜放音乐", 7);
        }
        MadeUpLaws.index(dir);
        try (LawIndex laws = LawIndex.open(index)) {
            assertEquals(before, laws.search("邻居半夜放音乐", 7));
        }
    }

    private static byte[] zipped() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(String.join("\n", MadeUpLaws.ROWS).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static long builds(Path index) throws IOException {
        try (Stream<Path> children = Files.list(index)) {
            return children.filter(Files::isDirectory).count();
        }
    }

    /** A stream that is cut off, as an upload may be, fails the import instead of importing half. */
    @Test
    void a_stream_that_fails_half_way_imports_nothing() {
        var failing = new InputStream() {
            private final InputStream some =
                    new ByteArrayInputStream((MadeUpLaws.ROWS.get(0) + "\n").getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() throws IOException {
                int next = some.read();
                if (next < 0) {
                    throw new IOException("cut off");
                }
                return next;
            }
        };
        assertThrows(LawIndexException.class, () -> LawImport.run(failing, "上传", dir.resolve("i"), QUIET));
        assertRefused("没有法条索引", dir.resolve("i"));
    }
}
