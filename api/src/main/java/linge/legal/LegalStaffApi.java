package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import linge.bot.knowledge.Cards;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;

/** What staff do for the library: statutes, questions nobody could answer, cards of this city. */
public final class LegalStaffApi {

    private final Library library;
    private final Questions questions;
    private final LocalCards cards;
    private final StatuteImport statutes;

    public LegalStaffApi(Library library, Questions questions, LocalCards cards, StatuteImport statutes) {
        this.library = library;
        this.questions = questions;
        this.cards = cards;
        this.statutes = statutes;
    }

    public void mount(Contract contract) {
        contract
                .on("getStatutes", call -> {
                    administers(call);
                    return statutes.shown().map(Answer::ok);
                })
                .stream("importStatutes", this::take)
                .on("listUnanswered", this::unanswered)
                .on("closeUnanswered", call -> {
                    return questions.done(id(call), writes(call)).map(done -> Answer.nothing());
                })
                .on("draftCard", call -> cards.draftOf(id(call), writes(call)).map(Answer::ok))
                .on("listCardDrafts", call -> {
                    writes(call);
                    return cards.list().map((JsonArray items) -> Answer.ok(new JsonObject().put("items", items)));
                })
                .on("changeCardDraft", this::change)
                .on(
                        "deleteCardDraft",
                        call -> cards.delete(id(call), writes(call)).map(done -> Answer.nothing()))
                .on("publishCard", call -> {
                    return cards.publish(id(call), call.body().getInteger("version"), administers(call))
                            .map(Answer::ok);
                })
                .on("exportCard", call -> {
                    writes(call);
                    return cards.markdown(id(call))
                            .map(text -> Answer.bytes("text/markdown; charset=utf-8", Buffer.buffer(text)));
                });
    }

    private void take(Call call) {
        RoutingContext ctx = call.ctx();
        Caller.Staff who = administers(call);
        statutes.take(ctx.request(), who)
                .onSuccess(shown -> Contract.show(ctx, Answer.accepted(shown)))
                .onFailure(refused -> {
                    // Whatever still comes is not listened to.
                    ctx.request().handler(null).resume();
                    if (!ctx.response().closed()) {
                        ctx.fail(refused);
                    }
                });
    }

    private Future<Answer> unanswered(Call call) {
        writes(call);
        return questions
                .open()
                .compose(asked -> library.with(shelf -> {
                    LegalView view = new LegalView(shelf);
                    JsonArray items = new JsonArray();
                    asked.forEach(one -> items.add(shown(one, view, shelf.cards())));
                    return Answer.ok(new JsonObject().put("items", items));
                }));
    }

    private static JsonObject shown(Questions.Asked asked, LegalView view, Cards cards) {
        String nearest = asked.nearest();
        return new JsonObject()
                .put("id", asked.id())
                .put("question", asked.question())
                .put("asked", asked.times())
                .put("firstAt", asked.firstAt().toString())
                .put("lastAt", asked.lastAt().toString())
                .put("draft", asked.draft())
                .put(
                        "nearest",
                        nearest == null
                                ? null
                                : cards.find(nearest).map(view::reference).orElse(null));
    }

    private Future<Answer> change(Call call) {
        Caller.Staff who = writes(call);
        CardContent content = CardContent.of(call.body());
        if (content.title().isEmpty() || content.topic().isEmpty()) {
            throw Refusal.badInput("/title", "请写明标题和话题。");
        }
        return cards.change(id(call), call.body().getInteger("version"), content, who)
                .map(Answer::ok);
    }

    private static long id(Call call) {
        return Long.parseLong(call.path("id"));
    }

    /** Cards are written by centres: dispatchers, supervisors, and administrators who publish them. */
    private static Caller.Staff writes(Call call) {
        Caller.Staff who = call.staff();
        if (!List.of(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMINISTRATOR).contains(who.role())) {
            throw Refusal.notAllowed("知识卡片由综治中心的分流员、督办员和管理员编写。");
        }
        return who;
    }

    private static Caller.Staff administers(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("这项操作由管理员来做。");
        }
        return who;
    }
}
