package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.notify.Outbox;

/** Tells members of grid teams, in their inbox, what concerns their own evaluation. */
final class EvaluationNotices {

    private static final int AT_ONCE = 200;

    private final Outbox outbox;

    EvaluationNotices(Outbox outbox) {
        this.outbox = outbox;
    }

    Future<Void> published(SqlConnection tx, Published published, List<UUID> people) {
        List<Notice> notices = new ArrayList<>();
        String until =
                published.objectionsUntil().atZone(Term.ZONE).toLocalDate().toString();
        people.forEach(id -> notices.add(notice(
                "evaluation:" + published.id() + ":" + id,
                id,
                published.term(),
                published.term().label() + "的考核已公示。请看看您的得分和每一条依据，有异议请在 " + until + " 前提出。")));
        Future<Void> put = Future.succeededFuture();
        for (int from = 0; from < notices.size(); from += AT_ONCE) {
            List<Notice> some = notices.subList(from, Math.min(from + AT_ONCE, notices.size()));
            put = put.compose(done -> outbox.putAll(tx, some));
        }
        return put;
    }

    Future<Void> decided(SqlConnection tx, UUID objection, UUID person, Term term, boolean upheld, String words) {
        return outbox.put(
                tx,
                notice(
                        "evaluation-objection:" + objection,
                        person,
                        term,
                        "您对" + term.label() + "考核的异议" + (upheld ? "成立，得分已更正" : "不成立") + "：" + words));
    }

    Future<Void> honoured(SqlConnection tx, UUID honour, UUID person, Term term) {
        return outbox.put(tx, notice("honour:" + honour, person, term, "您被选入" + term.label() + "光荣榜。要不要公开姓名，请您自己选。"));
    }

    private static Notice notice(String key, UUID person, Term term, String words) {
        return Notice.of(
                key,
                "staff-evaluation",
                Audience.staff(person.toString()),
                "evaluation:" + term.code(),
                new JsonObject().put("words", words));
    }
}
