package linge.grids;

import java.util.ArrayList;
import java.util.List;
import linge.shared.AreaLevel;
import org.jspecify.annotations.Nullable;

/**
 * All that a resident says about where.
 *
 * @param text the complaint's own words
 * @param address an address typed apart from them
 * @param point where the device is, or where the pin was put
 * @param home grid code of the resident's home
 */
public record Where(
        @Nullable String text,
        @Nullable String address,
        @Nullable GeoPoint point,
        @Nullable String home) {

    /** The point wins where it is exact; words that name another place lower the confidence and are offered. */
    GridAnswer in(GridIndex index) {
        GridAnswer words = byWords(index);
        if (point == null) {
            boolean nothingSaid = words.grid() == null
                    && words.place() == null
                    && words.candidates().isEmpty();
            return nothingSaid && home != null ? atHome(index, home) : words;
        }
        GridAnswer there = index.at(point);
        FoundGrid grid = there.grid();
        if (grid == null) {
            return words.grid() == null && words.place() == null ? there : words;
        }
        MeantPlace said = words.place();
        if (said == null || said.confidence() < 0.5) {
            return there;
        }
        if (!AreaLevel.covers(said.code(), grid.code())) {
            return disagreeing(there, grid, words, said);
        }
        return agreeing(there, grid, words);
    }

    private GridAnswer byWords(GridIndex index) {
        GridAnswer byAddress = address == null || address.isBlank() ? null : index.find(address, home);
        if (byAddress != null && byAddress.place() != null) {
            return byAddress;
        }
        GridAnswer byText = text == null || text.isBlank() ? null : index.find(text, home);
        if (byText != null && (byAddress == null || byText.place() != null)) {
            return byText;
        }
        return byAddress != null ? byAddress : new GridAnswer(null, null, List.of(), null);
    }

    /** Most report what they see from their door; it may be elsewhere, so the confidence is low and they are asked. */
    private static GridAnswer atHome(GridIndex index, String home) {
        GridAnswer answer = index.home(home);
        FoundGrid grid = answer.grid();
        return grid == null
                ? new GridAnswer(null, null, List.of(), null)
                : answer.withGrid(grid.because(0.45, "没有写明地点，先按您登记的住址，请核对"));
    }

    private GridAnswer agreeing(GridAnswer there, FoundGrid grid, GridAnswer words) {
        FoundGrid other = words.grid();
        boolean singledOut = other != null && other.confidence() >= 0.5;
        if (other == null || !singledOut || other.code().equals(grid.code()) || grid.kind() == GridKind.DEDICATED) {
            boolean sure = there.candidates().isEmpty() && grid.distance() == null;
            return sure ? there.withGrid(grid.because(0.99, grid.reason() + "，与文字所写一致")) : there;
        }
        // The words single out another grid of the same village: a vague point gives way, an exact one is checked.
        if (isVague()) {
            return words.withFirst(List.of(candidate(grid, 0.4, grid.reason())));
        }
        FoundGrid doubted =
                grid.because(Math.min(grid.confidence(), 0.7), grid.reason() + "，但文字写的是" + other.name() + "，请核对");
        return there.withGrid(doubted).withFirst(List.of(candidate(other, 0.5, other.reason())));
    }

    private GridAnswer disagreeing(GridAnswer there, FoundGrid grid, GridAnswer words, MeantPlace said) {
        FoundGrid other = words.grid();
        if (isVague() || grid.distance() != null) {
            if (other != null || said.level() == AreaLevel.VILLAGE) {
                return words.withFirst(List.of(candidate(grid, 0.4, grid.reason())));
            }
        }
        var first = new ArrayList<Candidate>();
        if (other != null) {
            first.add(candidate(other, 0.5, other.reason()));
        } else {
            first.add(new Candidate(
                    said.code(), said.name(), said.fullName(), said.level(), said.confidence(), said.reason()));
        }
        String reason = grid.reason() + "，但文字写的是" + said.fullName() + "，请核对";
        return there.withGrid(grid.because(Math.min(grid.confidence(), 0.6), reason))
                .withFirst(first);
    }

    private boolean isVague() {
        return point != null && point.accuracy() > GridIndex.VAGUE;
    }

    private static Candidate candidate(FoundGrid grid, double confidence, String reason) {
        return new Candidate(
                grid.code(), grid.name(), grid.placeName() + " " + grid.name(), AreaLevel.GRID, confidence, reason);
    }
}
