package linge.bot.knowledge.law;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Statutes as JSON lines, one article a line, compressed with gzip or not: `law`, `article` and `text`, and if known
 * `title`, `part`, `chapter`, `version`, `status` (current, superseded_version, repealed) and `latest_in_repo`.
 */
final class JsonLines implements StatuteReader {
    /** Files written by Python say NaN where a field is empty. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final InputStream in;
    private final String name;

    /** @param name of the source, for messages */
    JsonLines(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    @Override
    public void read(Consumer<Article> each) throws IOException {
        objects(in, name, (line, row) -> each.accept(article(line, row)));
    }

    /** Reads any JSON lines, compressed or not; blank lines are passed over. */
    static void objects(InputStream in, String name, Each each) throws IOException {
        int line = 0;
        try (var reader = new BufferedReader(new InputStreamReader(
                plain(in),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            @Nullable String text;
            while ((text = reader.readLine()) != null) {
                line++;
                if (!text.isBlank()) {
                    JsonNode row = JSON.readTree(text);
                    if (!row.isObject()) {
                        throw new LawIndexException(name + " 第 " + line + " 行不是一个 JSON 对象");
                    }
                    each.accept(line, row);
                }
            }
        } catch (JsonProcessingException e) {
            throw new LawIndexException(name + " 第 " + line + " 行不是 JSON：" + e.getOriginalMessage());
        } catch (CharacterCodingException e) {
            throw new LawIndexException(name + " 第 " + (line + 1) + " 行附近不是 UTF-8 文字");
        } catch (EOFException | ZipException e) {
            throw new LawIndexException(name + " 的压缩数据不完整或已损坏（读到第 " + line + " 行）");
        }
    }

    private static InputStream plain(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        buffered.reset();
        return first == 0x1f && second == 0x8b ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private Article article(int line, JsonNode row) {
        String law = needed(line, row, "law");
        return new Article(
                law,
                row.path("title").asText(law).strip(),
                Heading.joined(row.path("part").asText(""), row.path("chapter").asText("")),
                needed(line, row, "article"),
                needed(line, row, "text"),
                row.path("version").asText("").strip(),
                status(line, row));
    }

    private String needed(int line, JsonNode row, String field) {
        String value = row.path(field).asText("").strip();
        if (value.isEmpty()) {
            throw new LawIndexException(name + " 第 " + line + " 行缺少 " + field);
        }
        return value;
    }

    private Status status(int line, JsonNode row) {
        String written = row.path("status").asText("current").toLowerCase(Locale.ROOT);
        return switch (written) {
            case "current", "现行", "现行有效", "有效" -> Status.CURRENT;
            case "superseded_version", "superseded", "已修改", "已被修改" -> Status.SUPERSEDED;
            case "repealed", "废止", "已废止", "失效" -> Status.REPEALED;
            default ->
                throw new LawIndexException(name + " 第 " + line + " 行的 status 不认识：" + written
                        + "（应为 current 现行、superseded 已修改、repealed 已废止）");
        };
    }

    /** Takes one object and the number of its line, from 1. */
    interface Each {
        void accept(int line, JsonNode row);
    }
}
