package linge.bot.knowledge;

import java.util.List;

/**
 * A life situation and its cards.
 *
 * @param id wages
 * @param name as pages head it: 工资与欠薪
 * @param cards in the order of their file
 */
public record Topic(String id, String name, List<Card> cards) {
    public Topic {
        cards = List.copyOf(cards);
    }
}
