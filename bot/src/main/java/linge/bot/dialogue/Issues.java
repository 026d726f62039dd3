package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;

/** Tells the problems of one message apart: 路灯坏了，另外物业还乱收费 are two. */
final class Issues {
    private static final Pattern SEAM = Pattern.compile(
            "[，。；、,;\\s]*(?:另外|还有(?:一个|一件|个|件|就是)?(?:事|问题)?|再一个|再就是|再有就是|此外|除此之外|第[二三]个?(?:件)?(?:事|问题)?(?:是|就是)?|[二三]是|(?<![0-9])[23][、.．](?![0-9])|顺便(?:再)?(?:反映|投诉|说)(?:一下)?|同时(?:反映|投诉))[，,、:：]*");
    private static final double SURE = 0.5;
    private static final int MOST = 4;

    private final Triage triage = Triage.shipped();

    /** The problems told, each in its own words; the whole text when there is one. */
    List<String> in(String text) {
        var parts = new ArrayList<String>();
        var codes = new ArrayList<String>();
        for (String part : SEAM.split(text)) {
            String words = part.strip();
            Triaged triaged = triage.of(words);
            String code = triaged.category() == null || triaged.confidence() < SURE
                    ? ""
                    : triaged.category().code();
            boolean another = !code.isEmpty() && !codes.contains(code) && words.length() >= 4 && parts.size() < MOST;
            if (parts.isEmpty() || (another && !codes.get(0).isEmpty())) {
                parts.add(words);
                codes.add(code);
            } else {
                // What is no problem of its own belongs to the one before it.
                parts.set(parts.size() - 1, parts.get(parts.size() - 1) + "，" + words);
            }
        }
        return parts;
    }
}
