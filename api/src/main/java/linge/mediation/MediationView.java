package linge.mediation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.clocks.ClockEvent;
import linge.clocks.ClockView;
import linge.clocks.Clocks;
import linge.clocks.RunningClock;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Mediations as the contract shows them: parties by their place and first character, and what each person may do now. */
final class MediationView {

    private final Names names;
    private final Clock clock;

    MediationView(Names names, Clock clock) {
        this.names = names;
        this.clock = clock;
    }

    /** Schema {@code MediationSummary}. */
    JsonObject summary(Mediation mediation, Caller who) {
        Mediation.Facts f = mediation.facts();
        Mediation.Now n = mediation.now();
        JsonArray parties = new JsonArray();
        mediation.parties().forEach(one -> parties.add(party(mediation, one, who)));
        return new JsonObject()
                .put("id", f.id().toString())
                .put("number", f.number())
                .put("area", f.area())
                .put("areaName", names.area(f.area()))
                .put("kind", f.kind().name())
                .put("kindName", f.kind().label())
                .put("source", f.source().name())
                .put("sourceName", f.source().label())
                .put("caseNumber", f.caseNumber())
                .put("department", names.department(f.department()))
                .put("facts", f.facts())
                .put("wish", f.wish())
                .put("openedAt", f.openedAt().toString())
                .put("state", n.state().name())
                .put("stateName", n.state().label())
                .put("version", n.version())
                .put("due", text(n.due()))
                .put("overdue", n.due() != null && !n.due().isAfter(clock.instant()))
                .put("parties", parties)
                .put("confirmation", n.confirmation().name())
                .put("confirmationName", n.confirmation().label())
                .put("confirmBy", text(n.confirmBy()))
                .put("endedAt", text(n.endedAt()))
                .put("ending", n.ending());
    }

    /**
     * Its clocks, what happened to each, and how much longer it may take.
     */
    record Timed(List<RunningClock> clocks, Map<UUID, List<ClockEvent>> stories, List<Clocks.MoreTime> more) {}

    /** Schema {@code Mediation}. */
    JsonObject whole(
            Mediation mediation, Committees.@Nullable Committee committee, List<Line> lines, Timed timed, Caller who) {
        boolean staff = who instanceof Caller.Staff;
        Mediation.Now n = mediation.now();
        Instant now = clock.instant();
        JsonArray told = new JsonArray();
        lines.forEach(line -> told.add(line(line, staff)));
        JsonArray clocks = new JsonArray();
        timed.clocks()
                .forEach(one ->
                        clocks.add(ClockView.of(one, timed.stories().getOrDefault(one.id(), List.of()), names, now)));
        JsonArray moreTime = new JsonArray();
        timed.more()
                .forEach(one -> moreTime.add(new JsonObject()
                        .put("days", one.by())
                        .put("until", one.deadline().due().toString())
                        .put("provisional", one.deadline().provisional())));
        JsonArray sessions = Papers.sessions(n.sessions());
        if (!staff) {
            // Minutes are the mediator's; a party asks for a copy at the desk.
            Papers.objects(sessions).forEach(one -> one.put("minutes", null));
        }
        for (int i = 0; i < n.sessions().size(); i++) {
            sessions.getJsonObject(i).put("held", n.sessions().get(i).held());
        }
        JsonArray acts = new JsonArray();
        boolean past = n.due() != null && now.isAfter(n.due());
        mediation.offered(who).stream()
                .filter(act -> act != MediationAct.EXTEND || !moreTime.isEmpty())
                .filter(act -> act != MediationAct.PAUSE || !past)
                .forEach(act -> acts.add(act.name()));
        JsonObject office = committee == null
                ? null
                : new JsonObject()
                        .put("id", committee.id().toString())
                        .put("name", committee.name())
                        .put("phone", committee.phone())
                        .put("address", committee.address());
        JsonArray mediators = new JsonArray();
        n.mediators().forEach(one -> mediators.add(one.name()));
        return summary(mediation, who)
                .put("committee", office)
                .put("mediators", mediators)
                .put("sessions", sessions)
                .put("agreement", Papers.agreement(n.agreement()))
                .put("clocks", clocks)
                .put("moreTime", moreTime)
                .put("lines", told)
                .put(
                        "mayReadIdentity",
                        who instanceof Caller.Staff one && MediationPolicy.mayReadIdentity(one, mediation))
                .put("acts", acts);
    }

    /** Schema {@code MediationIdentity}, a list. */
    static JsonArray identities(Mediation mediation) {
        JsonArray shown = new JsonArray();
        mediation
                .parties()
                .forEach(one -> shown.add(new JsonObject()
                        .put("id", one.id().toString())
                        .put("label", mediation.place(one))
                        .put("name", one.name())
                        .put("phone", one.phone())
                        .put("address", one.address())));
        return shown;
    }

    private static JsonObject party(Mediation mediation, Party one, Caller who) {
        return new JsonObject()
                .put("id", one.id().toString())
                .put("label", mediation.place(one))
                .put("applies", one.applies())
                .put("name", one.masked())
                .put(
                        "mine",
                        who instanceof Caller.Resident resident && resident.id().equals(one.resident()))
                .put("reachable", one.resident() != null || one.phone() != null)
                .put("consent", one.consent())
                .put("consentAt", text(one.consentAt()))
                .put("signedOn", one.signedOn() == null ? null : one.signedOn().toString());
    }

    private static JsonObject line(Line line, boolean staff) {
        Line.By by = line.by();
        boolean inner = line.act() == MediationAct.NOTE && !staff;
        return new JsonObject()
                .put("seq", line.seq())
                .put("act", line.act().name())
                .put("label", line.act().label())
                .put("at", line.at().toString())
                .put("words", inner ? null : line.words())
                .put(
                        "by",
                        by == null
                                ? null
                                : new JsonObject().put("name", by.name()).put("roleName", by.role()));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
