package linge.chat;

import linge.bot.dialogue.Heard;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * For whom wishes are granted.
 *
 * @param resident null for a visitor
 * @param homeGrid code of the grid they live in, if they said so
 */
record Asker(
        Caller.@Nullable Resident resident,
        String conversation,
        Heard.Who who,
        @Nullable String homeGrid) {}
