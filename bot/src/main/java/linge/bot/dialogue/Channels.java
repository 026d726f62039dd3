package linge.bot.dialogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matters before a court, in review or for the discipline bodies are not taken here: tells whose they are. */
final class Channels {
    private static final List<String> CUES = List.of("DISCIPLINE", "REVIEW", "COURT", "POLICE_CASE");

    private final Hotlines hotlines;

    Channels(Hotlines hotlines) {
        this.hotlines = hotlines;
    }

    /** The channel's name in lower case, or null when the matter may be taken. */
    @Nullable
    String of(Message message) {
        for (String cue : CUES) {
            if (message.says(cue)) {
                return cue.toLowerCase(java.util.Locale.ROOT);
            }
        }
        return null;
    }

    void tell(Scene scene, String channel) {
        Reply.@Nullable Card card = switch (channel) {
            case "discipline" -> hotlines.card("12388");
            case "court" -> hotlines.card("12368", "12348");
            case "police_case" -> hotlines.card("110", "12309");
            default -> hotlines.card("12348");
        };
        scene.offered = List.of();
        scene.say(scene.reply("channel." + channel.replace('_', '-'), List.of(), card));
    }
}
