package linge.mediation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One dispute in mediation. Pure: an act makes another Mediation, or is refused: {@code NOT_ALLOWED} for the wrong person, {@code
 * STALE_VERSION} when it changed meanwhile, {@code OUT_OF_TURN} in the wrong state, {@code NOT_SENSIBLE} when something is missing.
 */
record Mediation(Facts facts, Now now, List<Party> parties) {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final int WORDS_LIMIT = 2000;
    static final int MOST_PARTIES = 10;
    private static final int MOST_SESSIONS = 30;
    /** What people are told when it comes to nothing (人民调解法第二十六条). */
    private static final String OTHER_WAYS = "可以依法通过仲裁、行政、司法等途径维护自己的权利";

    /**
     * What was brought; never changes.
     *
     * @param number of the mediation, printed on its papers
     * @param area where it belongs, county or smaller
     * @param caseId the case it came from
     * @param department whose officer handed it over
     */
    record Facts(
            UUID id,
            String number,
            String area,
            MediationKind kind,
            MediationSource source,
            @Nullable UUID caseId,
            @Nullable String caseNumber,
            @Nullable String department,
            String facts,
            @Nullable String wish,
            Instant openedAt,
            UUID openedBy) {}

    /**
     * How it stands.
     *
     * @param confirmBy the last moment to ask the court together
     * @param due the nearest deadline that runs, as its clock says
     * @param reminded keys of the reminders that were given
     */
    record Now(
            MediationState state,
            int version,
            @Nullable UUID committee,
            List<Mediator> mediators,
            List<Session> sessions,
            @Nullable Agreement agreement,
            Confirmation confirmation,
            @Nullable Instant confirmBy,
            @Nullable Instant endedAt,
            @Nullable String ending,
            @Nullable Instant due,
            @Nullable String dueRule,
            Set<String> reminded) {

        Now in(MediationState next) {
            return new Now(
                    next,
                    version,
                    committee,
                    mediators,
                    sessions,
                    agreement,
                    confirmation,
                    confirmBy,
                    endedAt,
                    ending,
                    due,
                    dueRule,
                    reminded);
        }

        Now with(@Nullable UUID chosen, List<Mediator> who) {
            return new Now(
                    state,
                    version,
                    chosen,
                    who,
                    sessions,
                    agreement,
                    confirmation,
                    confirmBy,
                    endedAt,
                    ending,
                    due,
                    dueRule,
                    reminded);
        }

        Now with(List<Session> met) {
            return new Now(
                    state,
                    version,
                    committee,
                    mediators,
                    met,
                    agreement,
                    confirmation,
                    confirmBy,
                    endedAt,
                    ending,
                    due,
                    dueRule,
                    reminded);
        }

        Now with(@Nullable Agreement agreed, Confirmation confirmed) {
            return new Now(
                    state, version, committee, mediators, sessions, agreed, confirmed, confirmBy, endedAt, ending, due,
                    dueRule, reminded);
        }

        Now ended(MediationState how, Instant at, @Nullable String why) {
            return new Now(
                    how,
                    version,
                    committee,
                    mediators,
                    sessions,
                    agreement,
                    confirmation,
                    confirmBy,
                    at,
                    why,
                    null,
                    null,
                    reminded);
        }

        Now next(Set<String> told) {
            return new Now(
                    state,
                    version + 1,
                    committee,
                    mediators,
                    sessions,
                    agreement,
                    confirmation,
                    confirmBy,
                    endedAt,
                    ending,
                    due,
                    dueRule,
                    told);
        }

        /** The deadlines its clocks say. */
        Now until(@Nullable Instant nearest, @Nullable String rule, @Nullable Instant court) {
            return new Now(
                    state,
                    version,
                    committee,
                    mediators,
                    sessions,
                    agreement,
                    confirmation,
                    court,
                    endedAt,
                    ending,
                    nearest,
                    rule,
                    reminded);
        }
    }

    /**
     * What somebody sends with an act; most acts need few of these.
     *
     * @param days how much longer, as the rule counts; how much is allowed, its clock says
     * @param agreed the parties who want it to take longer
     */
    record Said(
            int version,
            @Nullable String words,
            @Nullable UUID party,
            @Nullable Boolean yes,
            @Nullable UUID committee,
            List<Mediator> mediators,
            @Nullable Instant at,
            @Nullable String place,
            List<UUID> came,
            @Nullable Agreement agreement,
            @Nullable Integer item,
            @Nullable Integer days,
            List<UUID> agreed) {
        static Said words(int version, @Nullable String words) {
            return new Said(
                    version, words, null, null, null, List.of(), null, null, List.of(), null, null, null, List.of());
        }
    }

    /** A mediation after an act, and the line the act adds. */
    record Acted(Mediation before, Mediation after, Line line) {}

    /** Written down: a resident's and a hand-over wait to be taken, what the desk begins itself is taken. */
    static Mediation opened(Facts facts, List<Party.Person> people, boolean byDesk) {
        if (people.size() < 2 || people.size() > MOST_PARTIES) {
            throw Refusal.notSensible("/parties", "纠纷至少有两方当事人，最多 " + MOST_PARTIES + " 方。");
        }
        if (people.stream().noneMatch(Party.Person::applies)) {
            throw Refusal.notSensible("/parties", "请写明哪一方是申请人。");
        }
        boolean taken = byDesk && !facts.source().handedOver();
        Now now = new Now(
                taken ? MediationState.CONSENT : MediationState.APPLIED,
                0,
                null,
                List.of(),
                List.of(),
                null,
                Confirmation.NONE,
                null,
                null,
                null,
                null,
                null,
                Set.of());
        List<Party> parties = people.stream().map(Party::of).toList();
        // Who applies for themselves says by it that they want to be mediated.
        boolean own = facts.source() == MediationSource.RESIDENT && !byDesk;
        return new Mediation(
                facts,
                now,
                own
                        ? parties.stream()
                                .map(one -> one.applies() ? one.willing(true, facts.openedAt()) : one)
                                .toList()
                        : parties);
    }

    Acted make(MediationAct act, Caller who, Said said, Instant at) {
        refuseUnless(act, who, said.version());
        String words = words(act, said);
        return switch (act) {
            case OPEN, REMIND, CONFIRM_LAPSE -> throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这一步由系统进行。");
            case ACCEPT -> acted(act, who, at, words, stage(now.in(MediationState.CONSENT), parties), parties);
            case REFUSE -> acted(act, who, at, words, now.ended(MediationState.REFUSED, at, words), parties);
            case ASSIGN -> assigned(who, said, words, at);
            case SAY_WILL -> willing(who, said, words, at);
            case RECUSE -> {
                if (now.mediators().isEmpty()) {
                    throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "还没有指派调解员，不用更换。");
                }
                yield acted(act, who, at, words, now.with(now.committee(), List.of()), parties);
            }
            case PLAN -> planned(who, said, words, at);
            case RECORD -> recorded(who, said, words, at);
            case EXTEND -> extended(who, said, words, at);
            case PAUSE -> {
                refuseIfPast(at);
                yield acted(act, who, at, words, now.in(MediationState.PAUSED), parties);
            }
            case RESUME -> acted(act, who, at, words, now.in(MediationState.MEDIATING), parties);
            case AGREE -> agreed(who, said, at);
            case FAIL ->
                acted(
                        act,
                        who,
                        at,
                        words,
                        now.ended(MediationState.FAILED, at, words + "。" + OTHER_WAYS + "。"),
                        parties);
            case WITHDRAW -> acted(act, who, at, words, now.ended(MediationState.WITHDRAWN, at, words), parties);
            case CONFIRM_APPLY -> confirm(act, who, words, at, Confirmation.OPEN, Confirmation.APPLIED);
            case CONFIRM_DECLINE -> confirm(act, who, words, at, Confirmation.OPEN, Confirmation.DECLINED);
            case CONFIRM_RESULT ->
                confirm(
                        act,
                        who,
                        words,
                        at,
                        Confirmation.APPLIED,
                        yes(said, "请选择法院裁定有效还是驳回。") ? Confirmation.CONFIRMED : Confirmation.REFUSED);
            case PERFORM -> performed(who, said, words, at);
            case CLOSE -> closed(who, words, at);
            case NOTE -> acted(act, who, at, words, now, parties);
        };
    }

    private Acted assigned(Caller who, Said said, @Nullable String words, Instant at) {
        UUID committee = said.committee();
        if (committee == null) {
            throw Refusal.notSensible("/committee", "请选择调解委员会。");
        }
        if (said.mediators().isEmpty() || said.mediators().size() > 5) {
            throw Refusal.notSensible("/mediators", "请选择一至五名调解员。");
        }
        String names = said.mediators().stream().map(Mediator::name).collect(Collectors.joining("、"));
        return acted(
                MediationAct.ASSIGN,
                who,
                at,
                words == null ? names : names + "。" + words,
                now.with(committee, said.mediators()),
                parties);
    }

    /** When all want it, it begins; when one does not, it is over, and they are told where else to turn. */
    private Acted willing(Caller who, Said said, @Nullable String words, Instant at) {
        boolean yes = yes(said, "请选择愿意还是不愿意调解。");
        Party party = who instanceof Caller.Resident resident ? of(resident) : party(said.party());
        List<Party> after = parties.stream()
                .map(one -> one.id().equals(party.id()) ? one.willing(yes, at) : one)
                .toList();
        String told = place(party) + (yes ? "愿意调解" : "不愿意调解") + (words == null ? "" : "：" + words);
        Now next = yes
                ? stage(now, after)
                : now.ended(MediationState.FAILED, at, place(party) + "不愿意调解。" + OTHER_WAYS + "。");
        return acted(MediationAct.SAY_WILL, who, at, told, next, after);
    }

    private Acted planned(Caller who, Said said, @Nullable String words, Instant at) {
        Instant when = said.at();
        if (when == null || !when.isAfter(at)) {
            throw Refusal.notSensible("/at", "请选择以后的时间。");
        }
        String place = said.place();
        if (place == null) {
            throw Refusal.notSensible("/place", "请写明在哪里调解。");
        }
        // Another time for the one to come, not one more.
        List<Session> held = now.sessions().stream().filter(Session::held).toList();
        List<Session> sessions = plus(held, new Session(held.size() + 1, when, place, null, List.of()));
        return acted(MediationAct.PLAN, who, at, words, now.with(sessions), parties);
    }

    private Acted recorded(Caller who, Said said, @Nullable String words, Instant at) {
        if (now.mediators().isEmpty()) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "还没有指派调解员，请先指派。");
        }
        said.came().forEach(this::party);
        if (said.came().isEmpty()) {
            throw Refusal.notSensible("/came", "请选择哪些当事人到场。");
        }
        List<Session> held = now.sessions().stream().filter(Session::held).toList();
        Session planned = now.sessions().stream()
                .filter(session -> !session.held())
                .findFirst()
                .orElse(null);
        Instant when = Objects.requireNonNullElse(said.at(), at);
        if (when.isAfter(at)) {
            throw Refusal.notSensible("/at", "还没有到的时间不能记录。");
        }
        String place = said.place() != null ? said.place() : planned != null ? planned.place() : null;
        if (place == null) {
            throw Refusal.notSensible("/place", "请写明在哪里调解。");
        }
        List<Session> sessions = plus(held, new Session(held.size() + 1, when, place, words, List.copyOf(said.came())));
        return acted(MediationAct.RECORD, who, at, "第 " + sessions.size() + " 次调解", now.with(sessions), parties);
    }

    /** Everybody's word for it is written down; the clock says what it comes to. */
    private Acted extended(Caller who, Said said, @Nullable String words, Instant at) {
        refuseIfPast(at);
        if (said.days() == null || said.days() < 1) {
            throw Refusal.notSensible("/days", "请选择延长多久。");
        }
        said.agreed().forEach(this::party);
        if (parties.stream().anyMatch(one -> !said.agreed().contains(one.id()))) {
            throw Refusal.notSensible("/agreed", "延长期限要各方当事人都同意，请逐一确认。");
        }
        return acted(MediationAct.EXTEND, who, at, words, now, parties);
    }

    /** Time that has run out does not come back. */
    private void refuseIfPast(Instant at) {
        Instant due = now.due();
        if (due != null && at.isAfter(due)) {
            throw outOfTurn("调解期限已过，不能再延长或者暂停。");
        }
    }

    private Acted agreed(Caller who, Said said, Instant at) {
        Agreement agreement = said.agreement();
        if (now.mediators().isEmpty()) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "还没有指派调解员，请先指派。");
        }
        if (agreement == null || agreement.items().isEmpty()) {
            throw Refusal.notSensible("/agreement/items", "协议至少要写一项：谁、做什么、什么时候。");
        }
        if (agreement.items().size() > Agreement.MOST_ITEMS) {
            throw Refusal.notSensible("/agreement/items", "协议最多 " + Agreement.MOST_ITEMS + " 项。");
        }
        LocalDate today = LocalDate.ofInstant(at, ZONE);
        if (agreement.signedOn().isAfter(today)) {
            throw Refusal.notSensible("/agreement/signedOn", "签字的日子不能在今天之后。");
        }
        if (agreement.signedOn().isBefore(LocalDate.ofInstant(facts.openedAt(), ZONE))) {
            throw Refusal.notSensible("/agreement/signedOn", "签字的日子不能早于受理。");
        }
        agreement.items().forEach(item -> {
            party(item.who());
            if (item.due() != null && item.due().isBefore(agreement.signedOn())) {
                throw Refusal.notSensible("/agreement/items/" + (item.no() - 1) + "/due", "履行的日子不能早于签字。");
            }
        });
        List<Party> signed =
                parties.stream().map(one -> one.signed(agreement.signedOn())).toList();
        String told =
                (agreement.oral() ? "口头协议登记，共 " : "书面协议，共 ") + agreement.items().size() + " 项";
        return acted(
                MediationAct.AGREE,
                who,
                at,
                told,
                now.with(agreement, Confirmation.OPEN).in(MediationState.AGREED),
                signed);
    }

    private Acted confirm(
            MediationAct act, Caller who, @Nullable String words, Instant at, Confirmation from, Confirmation to) {
        if (now.confirmation() != from) {
            throw outOfTurn("司法确认现在是“" + now.confirmation().label() + "”，不能“" + act.label() + "”。");
        }
        String told = to.label() + (words == null ? "" : "：" + words);
        return acted(act, who, at, told, now.with(now.agreement(), to), parties);
    }

    private Acted performed(Caller who, Said said, @Nullable String words, Instant at) {
        Agreement agreement = Objects.requireNonNull(now.agreement());
        boolean kept = yes(said, "请选择履行了没有。");
        Agreement.Item item = agreement.items().stream()
                .filter(one -> Objects.equals(one.no(), said.item()))
                .findFirst()
                .orElseThrow(() -> Refusal.notSensible("/item", "协议里没有这一项。"));
        if (!kept && words == null) {
            throw Refusal.notSensible("/words", "没有履行的，请写明情况和下一步。");
        }
        String told = "第 " + item.no() + " 项" + (kept ? "已履行" : "没有履行") + (words == null ? "" : "：" + words);
        return acted(
                MediationAct.PERFORM,
                who,
                at,
                told,
                now.with(agreement.with(item.looked(kept, words)), now.confirmation()),
                parties);
    }

    private Acted closed(Caller who, @Nullable String words, Instant at) {
        Agreement agreement = Objects.requireNonNull(now.agreement());
        if (!agreement.settled()) {
            throw outOfTurn("协议还有没有回访的约定，请逐项回访后再归档。");
        }
        if (now.confirmation() == Confirmation.APPLIED) {
            throw outOfTurn("已申请司法确认，请登记法院裁定后再归档。");
        }
        Now next = now.confirmation() == Confirmation.OPEN ? now.with(agreement, Confirmation.DECLINED) : now;
        return acted(MediationAct.CLOSE, who, at, words, next.ended(MediationState.CLOSED, at, words), parties);
    }

    /** What was due to be said by now is said: the keys of it go down, and what lapsed has lapsed. */
    Acted reminded(List<Reminder> due, Instant at) {
        Set<String> told = Stream.concat(now.reminded().stream(), due.stream().map(Reminder::key))
                .collect(Collectors.toUnmodifiableSet());
        boolean lapsed = due.stream().anyMatch(one -> one.what() == Reminder.What.LAPSE);
        Now next = lapsed ? now.with(now.agreement(), Confirmation.LAPSED) : now;
        String words = due.stream().map(Reminder::words).collect(Collectors.joining("；"));
        MediationAct act = lapsed ? MediationAct.CONFIRM_LAPSE : MediationAct.REMIND;
        return new Acted(
                this,
                new Mediation(facts, next.next(told), parties),
                new Line(now.version() + 1, act, at, null, words));
    }

    Mediation until(@Nullable Instant nearest, @Nullable String rule, @Nullable Instant court) {
        return new Mediation(facts, now.until(nearest, rule, court), parties);
    }

    /** What this person may do now, in the order of the table. */
    List<MediationAct> offered(Caller who) {
        List<MediationAct> offered = new ArrayList<>();
        for (MediationAct act : MediationAct.values()) {
            if (act.from().contains(now.state()) && MediationPolicy.mayAct(who, act, this) && sensible(act)) {
                offered.add(act);
            }
        }
        return offered;
    }

    private boolean sensible(MediationAct act) {
        Agreement agreement = now.agreement();
        return switch (act) {
            case RECUSE, RECORD, AGREE -> !now.mediators().isEmpty();
            case CONFIRM_APPLY, CONFIRM_DECLINE -> now.confirmation() == Confirmation.OPEN;
            case CONFIRM_RESULT -> now.confirmation() == Confirmation.APPLIED;
            case PERFORM -> agreement != null && !agreement.settled();
            case CLOSE -> agreement != null && agreement.settled() && now.confirmation() != Confirmation.APPLIED;
            default -> true;
        };
    }

    /** 申请人, 对方, 当事人三: how parties are told apart where names do not belong. */
    String place(Party party) {
        int at = parties.indexOf(parties.stream()
                .filter(one -> one.id().equals(party.id()))
                .findFirst()
                .orElseThrow());
        return parties.size() == 2 ? (party.applies() ? "申请人" : "对方") : "当事人" + (at + 1);
    }

    @Nullable
    Party partyOf(Caller.Resident resident) {
        return parties.stream()
                .filter(one -> resident.id().equals(one.resident()))
                .findFirst()
                .orElse(null);
    }

    private Party of(Caller.Resident resident) {
        return Objects.requireNonNull(partyOf(resident), "the policy let a stranger through");
    }

    private Party party(@Nullable UUID id) {
        return parties.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notSensible("/party", "请选择是哪一方当事人。"));
    }

    private static Now stage(Now now, List<Party> parties) {
        return parties.stream().allMatch(one -> Boolean.TRUE.equals(one.consent()))
                ? now.in(MediationState.MEDIATING)
                : now;
    }

    private static boolean yes(Said said, String otherwise) {
        Boolean yes = said.yes();
        if (yes == null) {
            throw Refusal.notSensible("/yes", otherwise);
        }
        return yes;
    }

    private static List<Session> plus(List<Session> before, Session one) {
        if (before.size() >= MOST_SESSIONS) {
            throw Refusal.notSensible("/at", "最多记录 " + MOST_SESSIONS + " 次调解。");
        }
        return Stream.concat(before.stream(), Stream.of(one)).toList();
    }

    private Acted acted(MediationAct act, Caller who, Instant at, @Nullable String words, Now next, List<Party> after) {
        Line.By by;
        if (who instanceof Caller.Staff staff) {
            by = Line.By.of(staff);
        } else {
            Caller.Resident resident = (Caller.Resident) who;
            by = Line.By.of(resident, of(resident).applies());
        }
        return new Acted(
                this,
                new Mediation(facts, next.next(now.reminded()), after),
                new Line(now.version() + 1, act, at, by, words));
    }

    private @Nullable String words(MediationAct act, Said said) {
        if (said.words() == null && act.needsWords()) {
            throw Refusal.notSensible("/words", "请写明情况或者原因。");
        }
        return said.words();
    }

    private void refuseUnless(MediationAct act, Caller who, int version) {
        if (!MediationPolicy.mayAct(who, act, this)) {
            throw Refusal.notAllowed("您不能对这件调解“" + act.label() + "”。");
        }
        if (version != now.version()) {
            throw Refusal.of(Refusal.Kind.STALE_VERSION, "这件调解刚刚有了新进展，请看过最新情况再操作。")
                    .with("version", now.version());
        }
        if (!act.from().contains(now.state())) {
            throw outOfTurn("这件调解现在是“" + now.state().label() + "”，不能“" + act.label() + "”。");
        }
    }

    private Refusal outOfTurn(String why) {
        return Refusal.of(Refusal.Kind.OUT_OF_TURN, why).with("version", now.version());
    }
}
