package linge.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody stands in a period.
 *
 * @param points with corrections; hundredths
 * @param compared what is compared: the points somebody would have come to on duty all the time
 * @param unranked why somebody is not put in order, for people; null: they are
 */
record Standing(
        Who who,
        long points,
        long compared,
        Presence presence,
        @Nullable String unranked) {

    /** @param area the grid */
    record Who(UUID id, String user, String name, Role role, String area, boolean active) {}

    /** With a rank in this order; null for whoever is not ranked. Equal points share a rank, and the next is left out. */
    record Ranked(Standing standing, @Nullable Integer rank) {}

    static Standing of(Who who, long points, Presence presence, int leastDuty) {
        String unranked = null;
        if (!who.active()) {
            unranked = "账号已停用，不参加排名";
        } else if (presence.duty() == 0 && presence.days() > 0) {
            unranked = "本期没有在岗的工作日，不参加排名";
        } else if (!presence.atLeast(leastDuty)) {
            unranked = "在岗 " + presence.duty() + " 个工作日，不到本期 " + presence.days() + " 个工作日的 " + leastDuty + "%，不参加排名";
        }
        return new Standing(who, points, presence.whole(points), presence, unranked);
    }

    /** Puts people in order: the highest first, whoever is not ranked at the end. */
    static List<Ranked> order(List<Standing> all) {
        List<Standing> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing((Standing one) -> one.unranked() != null)
                .thenComparing(Comparator.comparingLong(Standing::compared).reversed())
                .thenComparing(one -> one.who().area())
                .thenComparing(one -> one.who().user()));
        List<Ranked> ranked = new ArrayList<>();
        int rank = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Standing one = sorted.get(i);
            if (i == 0 || one.compared() != sorted.get(i - 1).compared()) {
                rank = i + 1;
            }
            ranked.add(new Ranked(one, one.unranked() == null ? rank : null));
        }
        return ranked;
    }

    /** By where they work, without any order of merit. */
    static List<Ranked> unordered(List<Standing> all) {
        return all.stream()
                .sorted(Comparator.comparing((Standing one) -> one.who().area())
                        .thenComparing(one -> one.who().user()))
                .map(one -> new Ranked(one, null))
                .toList();
    }

    /** A team: what its ranked members would have come to, on average. */
    record Team(String area, int members, long compared) {}

    /** A team with its rank; those of nobody ranked are left out. */
    record RankedTeam(Team team, @Nullable Integer rank) {}

    static List<RankedTeam> teams(List<Standing> all, boolean ranking) {
        Map<String, List<Standing>> byGrid = new HashMap<>();
        all.stream()
                .filter(one -> one.unranked() == null)
                .forEach(one -> byGrid.computeIfAbsent(one.who().area(), grid -> new ArrayList<>())
                        .add(one));
        List<Team> teams = new ArrayList<>();
        byGrid.forEach((grid, members) -> teams.add(new Team(
                grid,
                members.size(),
                Math.round(
                        members.stream().mapToLong(Standing::compared).average().orElse(0)))));
        Comparator<Team> byArea = Comparator.comparing(Team::area);
        teams.sort(ranking ? Comparator.comparingLong(Team::compared).reversed().thenComparing(byArea) : byArea);
        List<RankedTeam> ranked = new ArrayList<>();
        int rank = 0;
        for (int i = 0; i < teams.size(); i++) {
            if (i == 0 || teams.get(i).compared() != teams.get(i - 1).compared()) {
                rank = i + 1;
            }
            ranked.add(new RankedTeam(teams.get(i), ranking ? rank : null));
        }
        return ranked;
    }
}
