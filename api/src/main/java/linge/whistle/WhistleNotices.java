package linge.whistle;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.shared.Names;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;

/** Which officers and centres hear of an act, and in which words. The same act makes the same notices, with the same keys. */
final class WhistleNotices {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.CHINA);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    /** Nobody need be called to a meeting of days ago; the inbox keeps it anyway. */
    private static final Duration STALE = Duration.ofDays(1);

    private final Names names;
    private final Staff staff;

    WhistleNotices(Names names, Staff staff) {
        this.names = names;
        this.staff = staff;
    }

    Future<List<Notice>> of(SqlConnection on, Whistle.Acted acted) {
        Line line = acted.line();
        Line.By by = line.by();
        return ears(on, acted).map(ears -> {
            // Nobody is told what they did themselves.
            if (by != null) {
                ears.remove(by.id());
            }
            List<Notice> notices = new ArrayList<>();
            ears.forEach(id -> notices.add(notice(acted, id)));
            return notices;
        });
    }

    private Future<Set<UUID>> ears(SqlConnection on, Whistle.Acted acted) {
        Whistle whistle = acted.after();
        String told = acted.line().department();
        return switch (acted.line().act()) {
            case BLOW -> departments(on, whistle, whistle.departments(call -> true));
            case REPORT_IN -> together(centre(on, whistle), leadOf(on, whistle));
            // Whoever is there reads it on the page.
            case NOTE -> Future.succeededFuture(new LinkedHashSet<>());
            case CONCLUDE ->
                together(
                        centre(on, whistle),
                        departments(on, whistle, whistle.departments(call -> call.state() == CallState.REPORTED_IN)));
            case COUNTERSIGN ->
                together(centre(on, whistle), departments(on, whistle, whistle.departments(Call::lead)));
            case EXCUSE ->
                together(departments(on, whistle, told == null ? List.of() : List.of(told)), leadOf(on, whistle));
            case CLOSE, CALL_OFF, END ->
                together(
                        centre(on, whistle),
                        departments(on, whistle, whistle.departments(call -> call.state() != CallState.EXCUSED)));
            case LATE ->
                together(
                        together(centre(on, whistle), supervisors(on, whistle)),
                        departments(on, whistle, told == null ? List.of() : List.of(told)));
        };
    }

    private static Future<Set<UUID>> together(Future<Set<UUID>> some, Future<Set<UUID>> more) {
        return some.compose(first -> more.map(others -> {
            Set<UUID> all = new LinkedHashSet<>(first);
            all.addAll(others);
            return all;
        }));
    }

    /** Who sends cases on there, and whoever blew it. */
    private Future<Set<UUID>> centre(SqlConnection on, Whistle whistle) {
        Whistle.Facts facts = whistle.facts();
        return staff.office(on, facts.centre(), null).map(office -> {
            Set<UUID> ids = new LinkedHashSet<>(office);
            ids.add(facts.by().id());
            return ids;
        });
    }

    /** The lead hears that all are there, as it may write the conclusion from now on. */
    private Future<Set<UUID>> leadOf(SqlConnection on, Whistle whistle) {
        return departments(on, whistle, allThere(whistle) ? whistle.departments(Call::lead) : List.of());
    }

    private static boolean allThere(Whistle whistle) {
        return whistle.now().state() == WhistleState.GATHERED || whistle.now().state() == WhistleState.HANDLING;
    }

    private Future<Set<UUID>> supervisors(SqlConnection on, Whistle whistle) {
        return staff.supervisors(on, whistle.facts().centre()).map(LinkedHashSet::new);
    }

    private Future<Set<UUID>> departments(SqlConnection on, Whistle whistle, List<String> codes) {
        Future<Set<UUID>> all = Future.succeededFuture(new LinkedHashSet<>());
        for (String code : codes) {
            all = together(all, staff.office(on, whistle.facts().county(), code).map(LinkedHashSet::new));
        }
        return all;
    }

    private Notice notice(Whistle.Acted acted, UUID ear) {
        Whistle.Facts facts = acted.after().facts();
        Line line = acted.line();
        JsonObject fields = new JsonObject().put("number", facts.number());
        String template = switch (line.act()) {
            case BLOW -> {
                String place = facts.meeting().place();
                Instant meet = facts.meeting().at();
                fields.put("who", names.office(facts.centre(), null))
                        .put("due", words(facts.due()))
                        .put(
                                "words",
                                facts.reason()
                                        + (place == null ? "" : "\n地点：" + place)
                                        + (meet == null ? "" : "\n会商时间：" + words(meet)));
                yield "staff-whistled";
            }
            case LATE -> {
                fields.put("who", office(facts, line.department())).put("due", words(facts.due()));
                yield "staff-whistle-late";
            }
            default -> {
                fields.put("words", news(acted));
                Line.By by = line.by();
                if (by != null) {
                    fields.put("who", by.name());
                }
                yield "staff-whistle-news";
            }
        };
        String key = "whistle:" + facts.id() + ":" + line.seq() + ":" + ear;
        return new Notice(
                key,
                template,
                Audience.staff(ear.toString()),
                "whistle:" + facts.id(),
                fields,
                facts.emergency(),
                line.at().plus(STALE));
    }

    private String news(Whistle.Acted acted) {
        Whistle.Facts facts = acted.after().facts();
        Line line = acted.line();
        String words = line.words() == null ? "" : line.words();
        String department = office(facts, line.department());
        return switch (line.act()) {
            case REPORT_IN -> department + "已签到，来了：" + words + (allThere(acted.after()) ? "。部门到齐了" : "");
            case CONCLUDE -> department + "写了联合处置结论，请会签：" + words;
            case COUNTERSIGN -> department + "会签：" + words;
            case EXCUSE -> department + "不用到场了：" + words;
            case CLOSE -> "吹哨已结束" + (words.isEmpty() ? "" : "：" + words);
            case CALL_OFF -> "吹哨已取消：" + words;
            default -> words;
        };
    }

    private String office(Whistle.Facts facts, @Nullable String department) {
        return names.office(department == null ? facts.centre() : facts.county(), department);
    }

    private static String words(Instant at) {
        return WHEN.format(at.atZone(ZONE));
    }
}
