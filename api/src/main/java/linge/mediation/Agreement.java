package linge.mediation;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the parties agreed on (人民调解法第二十八、二十九条).
 *
 * @param oral by word and written down by the mediator; no paper is signed
 * @param dispute the facts both accept
 * @param manner how and where it is fulfilled
 * @param signedOn from when it binds
 */
record Agreement(
        boolean oral,
        String dispute,
        List<Item> items,
        @Nullable String manner,
        LocalDate signedOn) {

    static final int MOST_ITEMS = 20;

    /**
     * One promise.
     *
     * @param no from 1
     * @param who the party that keeps it
     * @param fen what it pays; null when it is not about money
     * @param due by which day; null when it is kept at once
     * @param kept null while nobody has looked
     */
    record Item(
            int no,
            UUID who,
            String what,
            @Nullable Long fen,
            @Nullable LocalDate due,
            @Nullable Boolean kept,
            @Nullable String found) {

        Item looked(boolean yes, @Nullable String words) {
            return new Item(no, who, what, fen, due, yes, words);
        }
    }

    Agreement with(Item changed) {
        return new Agreement(
                oral,
                dispute,
                items.stream()
                        .map(item -> item.no() == changed.no() ? changed : item)
                        .toList(),
                manner,
                signedOn);
    }

    boolean settled() {
        return items.stream().allMatch(item -> item.kept() != null);
    }
}
