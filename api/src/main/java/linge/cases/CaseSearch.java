package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import linge.bot.place.Gazetteer;
import linge.bot.place.Place;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Which cases say something. Few of them are known by their ids, and everything else is asked of those alone; what very many say
 * is looked for along the list itself, which soon has a page of it.
 */
final class CaseSearch {

    /** Counts are exact up to here. */
    static final int COUNTED = 1000;

    /** As many as are looked up one by one. */
    private static final int FEW = 2000;

    /** A term that half the villages are called after names none. */
    private static final int PLACES = 5;

    private final Pool db;

    CaseSearch(Pool db) {
        this.db = db;
    }

    /**
     * @param ids all there are, unless {@code many}
     * @param many more than {@link #FEW}: then {@code ids} is of no use
     */
    record Found(SearchWords words, List<UUID> ids, boolean many) {

        /** As one more condition over the table {@code cases}. */
        Conditions narrow(Conditions all) {
            return many ? all.and(said(all)) : all.and("id = ANY(?)", (Object) ids.toArray(UUID[]::new));
        }

        /** What very many say, asked of one case after the other; its values go into {@code all}. */
        String said(Conditions all) {
            StringBuilder said = new StringBuilder("SELECT FROM case_words w WHERE w.case_id = cases.id");
            for (String term : words.terms()) {
                List<String> places = places(term);
                said.append(" AND (strpos(w.said, ").append(all.parameter(term)).append(") > 0");
                if (!places.isEmpty()) {
                    said.append(" OR w.words @@ ")
                            .append(all.parameter(SearchWords.there(places)))
                            .append("::text::tsquery");
                }
                said.append(")");
            }
            String number = words.number();
            return number == null
                    ? "EXISTS (" + said + ")"
                    : "(number LIKE " + all.parameter(number + "%") + " OR EXISTS (" + said + "))";
        }
    }

    /** Null when there is nothing to search for; {@code posts} are those in which somebody sees what is found. */
    Future<@Nullable Found> find(List<Caller.Staff> posts, @Nullable String area, @Nullable String typed) {
        SearchWords words = SearchWords.of(typed);
        if (words == null) {
            return Future.succeededFuture();
        }
        return said(words, lexeme(posts, area))
                .compose(said -> numbered(words).map(numbered -> {
                    Set<UUID> all = new LinkedHashSet<>(numbered);
                    all.addAll(said);
                    boolean many = said.size() > FEW || numbered.size() > FEW;
                    return new Found(words, List.copyOf(all), many);
                }));
    }

    private Future<List<UUID>> said(SearchWords words, @Nullable String area) {
        Conditions all = new Conditions().and("words @@ ?::text::tsquery", words.query(area, CaseSearch::places));
        for (String term : words.toSeeAgain()) {
            List<String> places = places(term);
            if (places.isEmpty()) {
                all.and("strpos(said, ?) > 0", term);
            } else {
                all.and("(strpos(said, ?) > 0 OR words @@ ?::text::tsquery)", term, SearchWords.there(places));
            }
        }
        return ids("SELECT case_id AS id FROM case_words WHERE " + all.sql(), all);
    }

    private Future<List<UUID>> numbered(SearchWords words) {
        String number = words.number();
        if (number == null) {
            return Future.succeededFuture(List.of());
        }
        Conditions all = new Conditions().and("number LIKE ?", number + "%");
        return ids("SELECT id FROM cases WHERE " + all.sql(), all);
    }

    private Future<List<UUID>> ids(String query, Conditions all) {
        return db.preparedQuery(Conditions.PLANNED_ANEW + query + " LIMIT " + (FEW + 1))
                .execute(all.values())
                .map(rows -> {
                    List<UUID> ids = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        ids.add(row.getUUID("id"));
                    }
                    return ids;
                });
    }

    /**
     * Where to look, as a code that is a lexeme: the smaller of the wanted area and what a centre sees. Grids and departments may
     * have cases of places around them: their county. Null is the whole city.
     */
    private static @Nullable String lexeme(List<Caller.Staff> posts, @Nullable String area) {
        List<String> smallest =
                posts.stream().map(post -> smaller(post, area)).distinct().toList();
        // Posts in different places: nowhere in particular.
        return smallest.size() > 1 || AreaLevel.of(smallest.get(0)) == AreaLevel.CITY ? null : smallest.get(0);
    }

    private static String smaller(Caller.Staff staff, @Nullable String area) {
        boolean centre = staff.role() == Role.DISPATCHER || staff.role() == Role.SUPERVISOR;
        String own = cut(staff.area(), centre ? AreaLevel.VILLAGE : AreaLevel.COUNTY);
        String wanted = area == null ? own : cut(area, AreaLevel.VILLAGE);
        return wanted.length() > own.length() ? wanted : own;
    }

    private static String cut(String area, AreaLevel most) {
        return area.length() > most.digits() ? area.substring(0, most.digits()) : area;
    }

    private static List<String> places(String term) {
        if (term.codePointCount(0, term.length()) < 3) {
            return List.of();
        }
        List<String> codes = new ArrayList<>();
        for (linge.bot.place.Level level : linge.bot.place.Level.values()) {
            for (Place place : Gazetteer.shipped().all(level)) {
                if (place.name().contains(term) && AreaLevel.isCode(place.code())) {
                    codes.add(place.code());
                }
            }
        }
        return codes.size() > PLACES ? List.of() : codes;
    }
}
