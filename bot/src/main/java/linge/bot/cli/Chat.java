package linge.bot.cli;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.Bot;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Outcome;
import linge.bot.dialogue.Reply;
import linge.bot.dialogue.Talk;
import linge.bot.dialogue.Turn;
import linge.bot.dialogue.Wish;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.LegalAdviser;
import picocli.CommandLine.Command;

/** A talk with the bot. Law is answered from the cards; what only the service can do is shown as a wish. */
@Command(name = "chat", description = "标准输入每行一句话，和邻格对话，逐行输出它的回复和想让服务办的事。", mixinStandardHelpOptions = true)
final class Chat implements Runnable {
    private static final int MOST_ROUNDS = 4;

    private final Bot bot = Bot.shipped();
    private final LegalAdviser adviser = new LegalAdviser(Cards.shipped(), null);
    private Talk talk = Talk.fresh(Instant.now());

    @Override
    public void run() {
        Lines.answer(this::hear);
    }

    private Map<String, Object> hear(String line) {
        var replies = new ArrayList<Map<String, Object>>();
        var wishes = new ArrayList<String>();
        var heard = new ArrayDeque<Heard.Said>();
        heard.add(new Heard.Text(line));
        for (int round = 0; round < MOST_ROUNDS && !heard.isEmpty(); round++) {
            Turn turn = bot.hear(talk, new Heard(Instant.now(), Heard.Who.NOBODY, heard.remove()));
            talk = turn.talk();
            turn.replies().forEach(reply -> replies.add(shown(reply)));
            for (Wish wish : turn.wishes()) {
                if (wish instanceof Wish.AskLaw ask) {
                    heard.add(new Heard.Came(Outcome.Advised.of(ask.question(), adviser.ask(ask.question()))));
                } else {
                    wishes.add(wish.toString());
                }
            }
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("replies", replies);
        answer.put("wishes", wishes);
        return answer;
    }

    private static Map<String, Object> shown(Reply reply) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("text", reply.text());
        List<String> choices = reply.choices().stream().map(Reply.Choice::label).toList();
        if (!choices.isEmpty()) {
            shown.put("choices", choices);
        }
        return shown;
    }
}
