package linge.cases;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import linge.bot.triage.Urgency;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Who is told what about a move. Pure: the same move makes the same notices, with the same keys. */
final class CaseNotices {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.CHINA);
    /** Staff need not hear three days later what has long been handled; the inbox keeps it anyway. */
    private static final Duration STALE = Duration.ofDays(3);

    /**
     * Who listens: the resident by phone, the office that has the case now, the supervisors above it. Who has no phone is another
     * system that filed for itself: it hears by webhook, and nobody would read its inbox.
     */
    record Ears(@Nullable String phone, List<UUID> office, List<UUID> supervisors) {}

    private final Names names;

    CaseNotices(Names names) {
        this.names = names;
    }

    List<Notice> of(Moved moved, Ears ears) {
        Move move = moved.line().move();
        List<Notice> notices = new ArrayList<>();
        if (move.tell().contains(Move.Ear.RESIDENT) && ears.phone() != null) {
            UUID resident = moved.after().facts().resident();
            String template = resident(moved);
            if (template != null) {
                notices.add(notice(moved, template, Audience.resident(resident.toString(), ears.phone())));
            }
        }
        List<UUID> staff = new ArrayList<>(ears.office());
        ears.supervisors().stream().filter(id -> !staff.contains(id)).forEach(staff::add);
        // Nobody is told what they did themselves.
        staff.remove(moved.line().by().id());
        staff.forEach(id -> notices.add(notice(moved, staff(move), Audience.staff(id.toString()))));
        return notices;
    }

    /** Tells the resident that somebody looked at who they are. */
    Notice revealed(Case c, long reveal, String who, String purpose, @Nullable String phone) {
        JsonObject fields = new JsonObject()
                .put("number", c.facts().number())
                .put("who", who)
                .put("words", purpose);
        Audience resident = Audience.resident(c.facts().resident().toString(), phone);
        return Notice.of(
                "reveal:" + reveal, "identity-revealed", resident, c.facts().number(), fields);
    }

    private Notice notice(Moved moved, String template, Audience audience) {
        Case c = moved.after();
        String key = "case:" + c.facts().id() + ":" + moved.line().seq() + ":" + template + ":" + audience.id();
        Instant at = moved.line().at();
        return new Notice(
                key,
                template,
                audience,
                c.facts().number(),
                fields(moved, audience),
                c.facts().urgency() == Urgency.EMERGENCY,
                at.plus(STALE));
    }

    private JsonObject fields(Moved moved, Audience audience) {
        Case c = moved.after();
        Holder holder = c.now().holder();
        JsonObject category = names.category(c.facts().category());
        JsonObject fields = new JsonObject()
                .put("number", c.facts().number())
                .put("category", category == null ? "居民诉求" : String.join("·", strings(category)))
                .put("who", names.office(holder.area(), holder.department()))
                .put(
                        "step",
                        c.now().state().open()
                                ? nextStep(c.now().state())
                                : c.now().state().label());
        JsonObject grid = c.facts().grid();
        if (grid != null) {
            fields.put("grid", grid.getString("name"));
        }
        Instant due = c.now().due();
        if (due != null) {
            fields.put("due", WHEN.format(due.atZone(WorkingTime.ZONE)));
        }
        String words = words(moved, audience.kind() == Audience.Kind.RESIDENT);
        return words == null ? fields : fields.put("words", words);
    }

    /** What was said with the move. Who gets a case on the desk reads the complaint itself, which the resident knows. */
    private static @Nullable String words(Moved moved, boolean toResident) {
        Case c = moved.after();
        String said = moved.line().words();
        return switch (moved.line().move()) {
            case FILE, DISPATCH, ARBITRATE, TRANSFER, ESCALATE, CLIMB ->
                toResident ? said : shortened(c.facts().text());
            case FOLLOW -> said == null ? c.now().answer() : said;
            case ASK_EXTENSION,
                    GRANT_EXTENSION,
                    REFUSE_EXTENSION,
                    SUSPEND,
                    RESUME,
                    RESOLVE,
                    UNLIST,
                    REPORT_IN,
                    CONCLUDE,
                    SPLIT,
                    CONFIRM -> toResident ? said : named(moved.line().move(), said);
            case RATE -> {
                Case.Rating rating = c.now().rating();
                yield rating == null
                        ? null
                        : rating.score() + " 分" + (rating.words() == null ? "" : "，" + rating.words());
            }
            default -> said;
        };
    }

    private static String named(Move move, @Nullable String said) {
        return said == null ? move.label() : move.label() + "：" + said;
    }

    private static String shortened(String text) {
        return text.length() <= 120
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.min(100, text.codePointCount(0, text.length()))))
                        + "…";
    }

    private static List<String> strings(JsonObject category) {
        return category.getJsonArray("path").stream().map(String::valueOf).toList();
    }

    private static String nextStep(CaseState state) {
        return state == CaseState.SUBMITTED ? "受理" : "办结";
    }

    /** What the resident reads; null where the step itself says nothing. */
    private static @Nullable String resident(Moved moved) {
        return switch (moved.line().move()) {
            case FILE -> "case-filed";
            case ACCEPT -> "case-accepted";
            case DECLINE -> "case-declined";
            case DISPATCH, ARBITRATE, TRANSFER -> "case-dispatched";
            case RETURN -> "case-returned";
            case ESCALATE, CLIMB -> "case-escalated";
            case HANDLE -> "case-handling";
            case NOTE, SUPPLEMENT, CORRECT, WHISTLE, REPORT_IN, CONCLUDE, SPLIT -> "case-noted";
            case GRANT_EXTENSION -> "case-extended";
            case SUSPEND -> "case-suspended";
            case RESUME -> "case-resumed";
            case RETURN_VISIT -> "case-visited";
            case MERGE -> "case-merged";
            case FOLLOW -> following(moved.line());
            case REPORT_BACK -> "case-reported";
            case SUPERVISE, WARN, LIST -> "case-supervised";
            case RATE, CONFIRM -> "case-rated-thanks";
            case REOPEN -> "case-reopened";
            case WITHDRAW -> "case-withdrawn";
            case URGE -> "case-urged-answer";
            case ARCHIVE -> "case-archived";
            case ASK_EXTENSION, REFUSE_EXTENSION, RESOLVE, UNLIST, CAUTION -> null;
        };
    }

    /** A case that follows another tells of the step the other took. */
    private static @Nullable String following(HistoryLine line) {
        if (line.from() == line.to()) {
            return null;
        }
        return switch (line.to()) {
            case ACCEPTED -> "case-accepted";
            case DISPATCHED -> "case-dispatched";
            case HANDLING -> line.from() == CaseState.SUSPENDED ? "case-resumed" : "case-handling";
            case SUSPENDED -> "case-suspended";
            case REPORTED -> "case-reported";
            case DECLINED -> "case-declined";
            default -> null;
        };
    }

    private static String staff(Move move) {
        return switch (move) {
            case SUPPLEMENT -> "staff-supplemented";
            case URGE -> "staff-urged";
            case RATE -> "staff-rated";
            case REOPEN -> "staff-reopened";
            case SUPERVISE, WARN, LIST -> "staff-supervised";
            case WITHDRAW -> "staff-withdrawn";
            case CAUTION -> "staff-cautioned";
            case ASK_EXTENSION -> "staff-extension-asked";
            case GRANT_EXTENSION, REFUSE_EXTENSION -> "staff-extension-decided";
            case SUSPEND, RESUME, RESOLVE, UNLIST, REPORT_IN, CONCLUDE, SPLIT, CONFIRM, RETURN_VISIT -> "staff-noted";
            default -> "staff-new-case";
        };
    }
}
