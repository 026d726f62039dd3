package linge.cases;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import linge.bot.triage.Urgency;
import linge.clocks.WorkingTime;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Cases and people for tests of the pure part. */
final class SomeCase {

    static final String GRID = "140403001001001";
    static final String NEIGHBOUR = "140403001001002";
    static final String VILLAGE = "140403001001";
    static final String TOWN = "140403001";
    static final String COUNTY = "140403";
    static final String CITY = "1404";
    static final Instant FILED = Instant.parse("2026-11-23T02:00:00Z");
    static final Instant LATER = FILED.plusSeconds(600);
    static final WorkingTime TIME = WorkingTime.shipped();
    static final Caller.Resident OWNER = new Caller.Resident(UUID.randomUUID(), "13900000001", null);
    static final Caller.Resident STRANGER = new Caller.Resident(UUID.randomUUID(), "13900000002", null);

    private SomeCase() {}

    static Case filed() {
        return filed(Case.Privacy.NAMED);
    }

    static Case filed(Case.Privacy privacy) {
        Case.Facts facts = new Case.Facts(
                UUID.randomUUID(),
                CaseNumber.of(LocalDate.of(2026, 11, 23), 7),
                OWNER.id(),
                "路灯坏了",
                null,
                null,
                Urgency.NORMAL,
                null,
                GRID,
                null,
                null,
                null,
                null,
                privacy,
                FILED,
                false);
        return Case.file(facts, Holder.of(GRID), DueRule.forAccepting(null, facts.urgency()), List.of(), TIME)
                .after();
    }

    /** The case in a state and on a desk, however it came there. */
    static Case in(CaseState state, Holder holder) {
        Case filed = filed();
        return new Case(filed.facts(), filed.now().but(n -> {
            n.state = state;
            n.holder = holder;
        }));
    }

    static Caller.Staff staff(Role role, String area) {
        return staff(role, area, role == Role.DEPARTMENT_OFFICER ? "HOUSING" : null);
    }

    static Caller.Staff staff(Role role, String area, @Nullable String department) {
        return new Caller.Staff(
                UUID.randomUUID(), role.name().toLowerCase(java.util.Locale.ROOT), "某人", role, area, department);
    }

    static MoveRequest request(Move move, Case c) {
        return MoveRequest.of(move, c.now().version()).but(r -> {
            r.words = "写明情况";
            r.channel = "12345";
            r.target = move == Move.TRANSFER
                    ? Holder.of(NEIGHBOUR)
                    : move == Move.DISPATCH || move == Move.ARBITRATE ? new Holder(COUNTY, "HOUSING") : null;
            r.score = 5;
            r.category = move == Move.CORRECT ? "LAW.AID" : null;
            r.without = "现场无可拍摄";
            r.days = 3;
            r.until = LATER.plus(Duration.ofDays(3));
            r.visit = Visit.SATISFIED;
        });
    }
}
