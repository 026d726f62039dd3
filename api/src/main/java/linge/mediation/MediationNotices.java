package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;

/** Which parties and desks hear of an act, and in which words. The same act makes the same notices, with the same keys; nobody's name is in them. */
final class MediationNotices {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.CHINA);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日", Locale.CHINA);

    private final Names names;
    private final Staff staff;
    private final MediationStore store;

    MediationNotices(Names names, Staff staff, MediationStore store) {
        this.names = names;
        this.staff = staff;
        this.store = store;
    }

    Future<List<Notice>> of(SqlConnection tx, Mediation.Acted acted) {
        Line line = acted.line();
        Mediation mediation = acted.after();
        List<Notice> notices = new ArrayList<>();
        String toParties = forParties(acted);
        if (toParties != null) {
            for (Party party : mediation.parties()) {
                // A stranger a resident named hears of it when it is taken, not before.
                boolean asked = party.applies()
                        || (mediation.now().state() != MediationState.APPLIED
                                && mediation.now().state() != MediationState.REFUSED);
                if (asked) {
                    add(notices, mediation, party, "mediation-news", line.seq() + "", toParties, line.by());
                }
            }
        }
        String toDesk = forDesk(acted);
        return toDesk == null
                ? Future.succeededFuture(notices)
                : desk(tx, mediation).map(ears -> {
                    ears.forEach(ear -> {
                        if (line.by() == null || !ear.equals(line.by().id())) {
                            notices.add(toStaff(mediation, ear, line.seq() + "", toDesk, line.by()));
                        }
                    });
                    return notices;
                });
    }

    /** Reminders given now: of several about the court the last one is said, as the others are overtaken. */
    Future<List<Notice>> reminders(SqlConnection tx, Mediation mediation, List<Reminder> due) {
        List<Notice> notices = new ArrayList<>();
        Reminder court = due.stream()
                .filter(one -> one.what() == Reminder.What.CONFIRMATION || one.what() == Reminder.What.LAPSE)
                .reduce((first, second) -> second)
                .orElse(null);
        List<Reminder> said = due.stream()
                .filter(one ->
                        one == court || (one.what() != Reminder.What.CONFIRMATION && one.what() != Reminder.What.LAPSE))
                .toList();
        for (Reminder one : said) {
            if (one.toParties()) {
                mediation
                        .parties()
                        .forEach(party ->
                                add(notices, mediation, party, "mediation-reminder", one.key(), one.words(), null));
            }
        }
        return desk(tx, mediation).map(ears -> {
            for (Reminder one : said) {
                ears.forEach(ear -> notices.add(toStaff(mediation, ear, one.key(), one.words(), null)));
            }
            return notices;
        });
    }

    /** Tells parties that somebody read who they are. */
    List<Notice> revealed(Mediation mediation, Caller.Staff who, String purpose, Instant at) {
        List<Notice> notices = new ArrayList<>();
        for (Party party : mediation.parties()) {
            UUID resident = party.resident();
            if (resident != null) {
                notices.add(Notice.of(
                        "mediation-reveal:" + mediation.facts().id() + ":" + who.id() + ":" + at.toEpochMilli() + ":"
                                + party.id(),
                        "identity-revealed",
                        Audience.resident(resident.toString(), party.phone()),
                        subject(mediation),
                        new JsonObject()
                                .put("number", mediation.facts().number())
                                .put("who", who.name() + "（" + who.role().label() + "）")
                                .put("words", purpose)));
            }
        }
        return notices;
    }

    /** Who takes disputes of this area: its county's 司法局 and centre, and once there are mediators with an account, those. */
    private Future<Set<UUID>> desk(SqlConnection tx, Mediation mediation) {
        String county = county(mediation.facts().area());
        return staff.office(tx, county, MediationPolicy.JUSTICE)
                .compose(justice -> staff.office(tx, county, null).map(centre -> {
                    Set<UUID> all = new LinkedHashSet<>(justice);
                    all.addAll(centre);
                    return all;
                }))
                .compose(all -> store.accounts(
                                tx,
                                mediation.now().mediators().stream()
                                        .map(Mediator::user)
                                        .filter(java.util.Objects::nonNull)
                                        .toList())
                        .map(mediators -> {
                            all.addAll(mediators);
                            return all;
                        }));
    }

    static String county(String area) {
        return area.substring(0, Math.min(area.length(), AreaLevel.COUNTY.digits()));
    }

    private static @Nullable String forParties(Mediation.Acted acted) {
        Mediation after = acted.after();
        String words = acted.line().words();
        return switch (acted.line().act()) {
            case OPEN ->
                after.now().state() == MediationState.APPLIED
                        ? "已收到调解申请，三个工作日内答复是否受理。"
                        : "调解组织请您说一说愿不愿意调解；不愿意的，可以走仲裁、行政或者诉讼。";
            case ACCEPT ->
                after.now().state() == MediationState.MEDIATING ? "调解已受理。" : "调解已受理，请您说一说愿不愿意调解；不愿意的，可以走仲裁、行政或者诉讼。";
            case REFUSE -> "调解没有受理：" + words;
            case ASSIGN -> "调解员：" + words + "。不合适的可以请换。";
            case SAY_WILL, FAIL, WITHDRAW ->
                after.now().state().ended() ? after.now().ending() : words;
            case PLAN -> planned(after);
            case RECORD -> "调解记录已登记。";
            case EXTEND -> "调解延长期限：" + words;
            case PAUSE -> "调解暂停：" + words;
            case RESUME -> "调解继续：" + words;
            case AGREE -> agreed(after);
            case CONFIRM_RESULT -> "司法确认：" + words;
            case CLOSE -> "协议约定已逐项回访，调解归档。";
            default -> null;
        };
    }

    private static String planned(Mediation mediation) {
        Session next = mediation.now().sessions().get(mediation.now().sessions().size() - 1);
        ZonedDateTime at = next.at().atZone(Mediation.ZONE);
        return "调解时间 " + WHEN.format(at) + "，地点 " + next.place() + "。";
    }

    private static String agreed(Mediation mediation) {
        Instant by = mediation.now().confirmBy();
        return "双方达成协议。"
                + (by == null
                        ? ""
                        : "双方可以在 " + DAY.format(by.minusMillis(1).atZone(Mediation.ZONE))
                                + "前（三十日内）共同向法院申请司法确认，确认后可以申请强制执行。");
    }

    private static @Nullable String forDesk(Mediation.Acted acted) {
        Mediation after = acted.after();
        String words = acted.line().words();
        return switch (acted.line().act()) {
            case OPEN ->
                after.facts().source().label() + "，" + after.facts().kind().label() + "纠纷，"
                        + after.now().state().label() + "。";
            case RECUSE -> "当事人请换调解员：" + words;
            case SAY_WILL, WITHDRAW, CONFIRM_APPLY, CONFIRM_DECLINE -> words;
            case EXTEND, PAUSE, RESUME -> acted.line().act().label() + "：" + words;
            case ASSIGN -> "已指派：" + words;
            default -> null;
        };
    }

    private void add(
            List<Notice> notices,
            Mediation mediation,
            Party party,
            String template,
            String cause,
            String words,
            Line.@Nullable By by) {
        UUID resident = party.resident();
        if (resident == null || (by != null && resident.equals(by.id()) && !cause.equals("0"))) {
            return;
        }
        notices.add(Notice.of(
                "mediation:" + mediation.facts().id() + ":" + cause + ":" + party.id(),
                template,
                Audience.resident(resident.toString(), party.phone()),
                subject(mediation),
                new JsonObject()
                        .put("number", mediation.facts().number())
                        .put("words", words)
                        .put("who", names.office(county(mediation.facts().area()), MediationPolicy.JUSTICE))));
    }

    private static Notice toStaff(Mediation mediation, UUID ear, String cause, String words, Line.@Nullable By by) {
        JsonObject fields =
                new JsonObject().put("number", mediation.facts().number()).put("words", words);
        if (by != null) {
            fields.put("who", by.name());
        }
        return Notice.of(
                "mediation:" + mediation.facts().id() + ":" + cause + ":" + ear,
                "staff-mediation",
                Audience.staff(ear.toString()),
                subject(mediation),
                fields);
    }

    private static String subject(Mediation mediation) {
        return "mediation:" + mediation.facts().id();
    }
}
