package linge.evaluation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Evaluation as the contract's JSON. */
final class EvaluationView {

    private final Names names;

    EvaluationView(Names names) {
        this.names = names;
    }

    String area(String code) {
        return names.area(code);
    }

    static JsonObject period(Term term, @Nullable Published published, Instant now) {
        String open = term.over(now) ? "OVER" : "OPEN";
        return new JsonObject()
                .put("period", term.code())
                .put("label", term.label())
                .put("state", published == null ? open : published.state())
                .put(
                        "publishedAt",
                        published == null ? null : published.publishedAt().toString())
                .put(
                        "objectionsUntil",
                        published == null ? null : published.objectionsUntil().toString())
                .put("finalAt", published == null ? null : text(published.finalAt()));
    }

    JsonObject standing(Standing one, @Nullable Integer rank, boolean corrected) {
        Standing.Who who = one.who();
        return new JsonObject()
                .put("user", who.user())
                .put("name", who.name())
                .put("roleName", who.role().label())
                .put("area", who.area())
                .put("areaName", names.area(who.area()))
                .put("points", Points.shown(one.points()))
                .put("compared", Points.shown(one.compared()))
                .put("days", one.presence().days())
                .put("duty", one.presence().duty())
                .put("corrected", corrected)
                .put("rank", rank)
                .put("unranked", one.unranked());
    }

    JsonObject team(Standing.RankedTeam one) {
        return new JsonObject()
                .put("area", one.team().area())
                .put("areaName", names.area(one.team().area()))
                .put("members", one.team().members())
                .put("compared", Points.shown(one.team().compared()))
                .put("rank", one.rank());
    }

    static JsonObject sum(Tally.Sum sum, Book.@Nullable Rule rule) {
        return new JsonObject()
                .put("counted", sum.counted().name())
                .put("label", sum.counted().label())
                .put("words", rule == null ? null : rule.words())
                .put("units", sum.units())
                .put("earned", Points.shown(sum.earned()))
                .put("points", Points.shown(sum.points()))
                .put("cap", rule == null ? null : shown(rule.cap()));
    }

    /** @param correction what an upheld objection to the line added, hundredths */
    static JsonObject line(Scores.Numbered numbered, int correction) {
        Tally.Line line = numbered.line();
        Deed deed = line.deed();
        return new JsonObject()
                .put("nth", numbered.nth())
                .put("counted", deed.counted().name())
                .put("label", deed.counted().label())
                .put("kind", deed.kind().name())
                .put("number", deed.kind() == Deed.Evidence.CASE ? deed.ref() : null)
                .put("book", line.book())
                .put("at", deed.at().toString())
                .put("units", deed.units())
                .put("earned", Points.shown(line.earned()))
                .put("points", Points.shown(line.points()))
                .put("counts", Points.shown(line.points() + correction))
                .put("words", deed.words());
    }

    JsonObject objection(Objections.Objection one, Caller.Staff who) {
        Counted counted = one.counted();
        boolean may = who.role() == Role.SUPERVISOR
                && one.decidedAt() == null
                && !who.id().equals(one.person())
                && !who.id().equals(one.lookedAtBy());
        return new JsonObject()
                .put("id", one.id().toString())
                .put("user", one.user())
                .put("name", one.name())
                .put("areaName", names.area(one.area()))
                .put("period", one.term().code())
                .put("periodLabel", one.term().label())
                .put("line", one.nth())
                .put("label", counted == null ? null : counted.label())
                .put("number", one.kind() == Deed.Evidence.CASE ? one.ref() : null)
                .put("points", shown(one.linePoints()))
                .put("words", one.words())
                .put("at", one.at().toString())
                .put("upheld", one.upheld())
                .put("decision", one.decision())
                .put("decidedBy", one.decidedBy())
                .put("decidedAt", text(one.decidedAt()))
                .put("correction", shown(one.correction()))
                .put("mayDecide", may);
    }

    JsonObject signal(Signal one, Caller.Staff who) {
        Signal.Decided decided = one.decided();
        return new JsonObject()
                .put("key", one.key())
                .put("kind", one.kind().name())
                .put("label", one.kind().label())
                .put("user", one.user())
                .put("name", one.name())
                .put("areaName", names.area(one.area()))
                .put("at", one.at().toString())
                .put("reason", one.reason())
                .put("cases", new JsonArray(one.cases()))
                .put(
                        "decided",
                        decided == null
                                ? null
                                : new JsonObject()
                                        .put("confirmed", decided.confirmed())
                                        .put("words", decided.words())
                                        .put("by", decided.by())
                                        .put("at", decided.at().toString()))
                .put("mayDecide", decided == null && who.role() == Role.SUPERVISOR);
    }

    JsonObject rules(Book book, JsonObject thresholds, List<Books.Version> versions, String area, boolean mayChange) {
        JsonArray rules = new JsonArray();
        Map<Counted, Book.Rule> shipped = Book.byCounted(Shipped.rules());
        for (Counted counted : Counted.values()) {
            if (counted.hasRule()) {
                Book.Rule rule = book.rules().get(counted);
                Book.Rule usual = Objects.requireNonNull(shipped.get(counted));
                rules.add(new JsonObject()
                        .put("counted", counted.name())
                        .put("label", counted.label())
                        .put("inForce", rule != null)
                        .put("points", rule == null ? null : Points.shown(rule.points()))
                        .put("cap", rule == null ? null : shown(rule.cap()))
                        .put("words", rule == null ? usual.words() : rule.words()));
            }
        }
        JsonArray shown = new JsonArray();
        Shipped.thresholds()
                .forEach(one -> shown.add(new JsonObject()
                        .put("name", one.name())
                        .put("value", thresholds.getInteger(one.name(), one.value()))
                        .put("words", one.words())));
        JsonArray history = new JsonArray();
        versions.forEach(one -> history.add(new JsonObject()
                .put("id", one.id())
                .put("inherits", one.inherits())
                .put("at", one.at().toString())
                .put("who", one.who())
                .put("why", one.why())));
        return new JsonObject()
                .put("id", book.id())
                .put("area", area)
                .put("areaName", names.area(area))
                .put("own", book.area().equals(area))
                .put("from", book.area().isEmpty() ? "软件默认" : names.area(book.area()))
                .put("ranking", book.ranking())
                .put("leastDuty", book.leastDuty())
                .put("missing", book.missing().name())
                .put("rules", rules)
                .put("thresholds", shown)
                .put("versions", history)
                .put("mayChange", mayChange);
    }

    JsonObject reward(Rewards.Entry one, Caller.Staff who) {
        return new JsonObject()
                .put("id", one.id())
                .put("user", one.user())
                .put("name", one.name())
                .put("areaName", names.area(one.grid()))
                .put("period", one.term().code())
                .put("periodLabel", one.term().label())
                .put("amount", one.amount())
                .put("ground", one.ground())
                .put("reverses", one.reverses())
                .put("reversedBy", one.reversedBy())
                .put("state", one.state().name())
                .put("stateName", one.state().label())
                .put("proposedBy", one.proposedBy())
                .put("proposedAt", one.proposedAt().toString())
                .put("answeredBy", one.answeredBy())
                .put("answeredAt", text(one.answeredAt()))
                .put("answer", one.answer())
                .put("paidOn", one.paidOn() == null ? null : one.paidOn().toString())
                .put("acts", acts(one, who));
    }

    private static JsonArray acts(Rewards.Entry one, Caller.Staff who) {
        JsonArray acts = new JsonArray();
        if (!EvaluationPolicy.mayManage(who, one.area())) {
            return acts;
        }
        switch (one.state()) {
            case PROPOSED -> {
                if (!who.id().equals(one.proposer()) && !who.id().equals(one.person())) {
                    acts.add("APPROVE").add("REFUSE");
                }
            }
            case APPROVED -> acts.add("PAY");
            case PAID, REFUSED -> {}
        }
        boolean stands = one.state() == Rewards.State.APPROVED || one.state() == Rewards.State.PAID;
        if (stands && one.reverses() == null && one.reversedBy() == null) {
            acts.add("REVERSE");
        }
        return acts;
    }

    static JsonObject totals(Rewards.Totals totals) {
        return new JsonObject()
                .put("budget", totals.budget())
                .put("approved", totals.approved())
                .put("paid", totals.paid())
                .put("proposed", totals.proposed());
    }

    JsonObject honour(Honours.Honour one, Caller.Staff who) {
        return new JsonObject()
                .put("id", one.id().toString())
                .put("user", one.user())
                .put("name", one.name())
                .put("roleName", Role.valueOf(one.role()).label())
                .put("areaName", names.area(one.grid()))
                .put("period", one.term().code())
                .put("periodLabel", one.term().label())
                .put("words", one.words())
                .put("consent", one.consent() == null ? null : one.consent().name())
                .put("mine", one.person().equals(who.id()))
                .put("mayEnd", EvaluationPolicy.mayManage(who, one.area()));
    }

    /** For anybody: no user name, and the name as its owner allowed. */
    JsonObject shownToAll(Honours.Honour one) {
        return new JsonObject()
                .put("name", one.shownName())
                .put("roleName", Role.valueOf(one.role()).label())
                .put("areaName", names.area(one.area()))
                .put("period", one.term().code())
                .put("periodLabel", one.term().label())
                .put("words", one.words());
    }

    private static @Nullable Double shown(@Nullable Integer hundredths) {
        return hundredths == null ? null : Points.shown(hundredths);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
