package linge.bot.knowledge.law;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A question put to the index, and the articles that answer it if they are known.
 *
 * @param id as the file has it, a number or a text
 * @param gold names of law and article in one, “劳动合同法第三十条”; empty where nobody has said
 */
public record Question(JsonNode id, String text, List<String> gold) {
    public Question {
        gold = List.copyOf(gold);
    }

    /**
     * Reads JSON lines, compressed or not, with `query_id`, `question` and, where known, `gold_articles`.
     *
     * @throws LawIndexException with the number of the line if the file is not so
     */
    public static List<Question> read(Path file) {
        var questions = new ArrayList<Question>();
        String name = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            JsonLines.objects(in, name, (line, row) -> {
                if (!row.hasNonNull("query_id") || !row.path("question").isTextual()) {
                    throw new LawIndexException(name + " 第 " + line + " 行缺少 query_id 或 question");
                }
                var gold = new ArrayList<String>();
                row.path("gold_articles").forEach(article -> gold.add(article.asText()));
                questions.add(
                        new Question(row.get("query_id"), row.get("question").asText(), gold));
            });
        } catch (NoSuchFileException e) {
            throw new LawIndexException("没有这个文件：" + file);
        } catch (IOException e) {
            throw new LawIndexException("读不了 " + file + "：" + e.getMessage(), e);
        }
        return questions;
    }
}
