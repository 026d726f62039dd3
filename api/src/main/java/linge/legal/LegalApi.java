package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import linge.grids.GeoPoint;
import linge.grids.Grid;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Questions, cards, articles, the check for legal aid and applications over HTTP. */
public final class LegalApi {

    private static final int HITS = 10;

    private final Library library;
    private final LegalAid aid;
    private final LegalAidDesk desk;
    private final LegalAidDeskApi deskApi;
    private final Grids grids;
    private final Names names;
    private final Brake brake;

    LegalApi(
            Library library,
            LegalAid aid,
            LegalAidDesk desk,
            LegalAidDeskApi deskApi,
            Grids grids,
            Names names,
            Brake brake) {
        this.desk = desk;
        this.deskApi = deskApi;
        this.library = library;
        this.aid = aid;
        this.grids = grids;
        this.names = names;
        this.brake = brake;
    }

    public void mount(Contract contract) {
        contract.on("askLegal", this::ask)
                .on(
                        "listLegalTopics",
                        call -> library.with(
                                shelf -> Answer.ok(new JsonObject().put("items", new LegalView(shelf).topics()))))
                .on("listLegalCards", this::cards)
                .on("getLegalCard", this::card)
                .on("searchLegalArticles", this::articles)
                .on("getLegalArticle", this::article)
                .on("checkEligibility", this::check)
                .on("draftLegalAid", this::draft)
                .on("applyForLegalAid", this::apply)
                .on(
                        "getLegalAid",
                        call -> shown(call.path("number"), call.caller()).map(Answer::ok));
    }

    private Future<Answer> ask(Call call) {
        brake.take(call.address());
        String question = Words.of(call.body().getString("question"));
        if (question == null) {
            throw Refusal.badInput("/question", "请写下您想问的事。");
        }
        return library.ask(question)
                .compose(advice -> library.with(shelf -> Answer.ok(new LegalView(shelf).answer(advice))));
    }

    private Future<Answer> cards(Call call) {
        String words = Words.of(call.query("q"));
        if (words != null) {
            brake.take(call.address());
        }
        String topic = call.query("topic");
        return library.with(shelf -> Answer.ok(new JsonObject().put("items", new LegalView(shelf).list(topic, words))));
    }

    private Future<Answer> card(Call call) {
        String id = call.path("id");
        return library.with(shelf -> shelf.cards()
                .find(id)
                .map(card -> Answer.ok(new LegalView(shelf).card(card)))
                .orElseThrow(() -> Refusal.notFound("这张卡片")));
    }

    private Future<Answer> articles(Call call) {
        brake.take(call.address());
        String words = Words.of(call.query("q"));
        if (words == null) {
            throw Refusal.badInput("/q", "请写下要查的内容。");
        }
        int most = call.integer("limit", HITS);
        return library.with(shelf -> {
            var statutes = shelf.statutes();
            var hits = statutes == null ? List.<linge.bot.knowledge.law.ArticleHit>of() : statutes.search(words, most);
            return Answer.ok(new JsonObject()
                    .put("items", new LegalView(shelf).hits(hits))
                    .put("imported", statutes != null));
        });
    }

    private Future<Answer> article(Call call) {
        brake.take(call.address());
        String law = Objects.requireNonNullElse(Words.of(call.path("law")), "");
        String article = Objects.requireNonNullElse(Words.of(call.path("article")), "");
        return library.with(shelf -> shelf.article(law, article)
                .map(found -> Answer.ok(new LegalView(shelf).article(found)))
                .orElseThrow(() -> Refusal.notFound(shelf.statutes() == null ? "这一条：法律文本还没有导入" : "这一条")));
    }

    private Future<Answer> check(Call call) {
        brake.take(call.address());
        Map<String, String> answers = answers(call.body());
        return library.with(shelf -> Answer.ok(new LegalView(shelf).step(aid.step(answers), answers.size())));
    }

    private Future<Answer> draft(Call call) {
        Map<String, String> answers = answers(call.body());
        Caller.Resident resident = call.resident();
        return aid.draft(resident, answers)
                .compose(draft -> library.with(shelf -> {
                    String home = (String) draft.remove("homeGrid");
                    Grid grid = home == null ? null : grids.index().get(home).orElse(null);
                    return Answer.ok(draft.put("grid", grid == null ? null : reference(grid))
                            .put("placeName", grid == null ? null : names.area(grid.village()))
                            .put("step", new LegalView(shelf).step(aid.step(answers), answers.size())));
                }));
    }

    private JsonObject reference(Grid grid) {
        return new JsonObject()
                .put("code", grid.code())
                .put("name", grid.name())
                .put("kind", grid.kind().name())
                .put("demo", grids.index().version().demo());
    }

    private Future<Answer> apply(Call call) {
        Caller.Resident resident = call.resident();
        JsonObject body = call.body();
        String facts = Words.of(body.getString("facts"));
        if (facts == null) {
            throw Refusal.badInput("/facts", "请写明事情的经过和您的要求。");
        }
        List<UUID> media = new ArrayList<>();
        if (body.getJsonArray("media") != null) {
            body.getJsonArray("media").forEach(id -> media.add(id(String.valueOf(id))));
        }
        LegalAid.Wanted wanted = new LegalAid.Wanted(
                Objects.requireNonNull(call.header("Idempotency-Key")),
                answers(body),
                Words.of(body.getString("name")),
                facts,
                Words.of(body.getString("opponent")),
                day(body.getString("limitation")),
                Words.of(body.getString("address")),
                GeoPoint.of(body.getJsonObject("point"), "/point"),
                body.getString("grid"),
                media);
        return aid.apply(resident, wanted)
                .compose(filed -> shown(filed.facts().number(), resident))
                .map(shown -> Answer.created(shown)
                        .with(
                                "location",
                                "/api/legal/applications/"
                                        + shown.getJsonObject("case").getString("number")));
    }

    /** Schema {@code LegalAidApplication}: staff who see the case but not the desk read how far it is and may do nothing there. */
    private Future<JsonObject> shown(String number, Caller who) {
        return aid.shown(number, who)
                .compose(shown -> desk.of(shown.getJsonObject("case").getString("number"))
                        .compose(found -> deskApi.progress(found, who))
                        .map(progress -> shown.put("progress", progress)));
    }

    private static Map<String, String> answers(JsonObject body) {
        Map<String, String> answers = new HashMap<>();
        JsonObject given = body.getJsonObject("answers");
        if (given != null) {
            given.forEach(entry -> {
                String words = Words.of(String.valueOf(entry.getValue()));
                answers.put(entry.getKey(), words == null ? "" : words);
            });
        }
        return answers;
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            // The database keeps no dates beyond these.
            if (day.getYear() >= 1900 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Told below like any other day that is none.
        }
        throw Refusal.badInput("/limitation", "日期应写成 2026-12-31。");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput("/media", "附件编号不对，请重新上传。");
        }
    }
}
