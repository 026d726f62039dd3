package linge.replies;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import linge.bot.reply.Concern;
import linge.bot.reply.Draft;
import linge.bot.reply.Prints;
import linge.bot.reply.ReplyCheck;
import linge.cases.Case;
import linge.cases.Move;
import linge.cases.MoveGuard;
import linge.cases.Moved;
import linge.cases.Witness;
import linge.db.AuditLog;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers: while somebody writes, and once more when the case is resolved or the resident told, where what stops an answer
 * stops it unless a supervisor let these very words pass.
 */
final class Reading implements MoveGuard, Witness {

    /** Whoever takes words from an answer older than this has written something that lasts. */
    private static final Duration RECENT = Duration.ofDays(120);

    private final WorkerExecutor workers;
    private final Clock clock;
    private final Residents residents;
    private final ReplyStore store;
    private final Releases releases;
    private final Templates templates;
    private final Fields fields;

    Reading(
            WorkerExecutor workers,
            Clock clock,
            Residents residents,
            ReplyStore store,
            Releases releases,
            Templates templates,
            Fields fields) {
        this.workers = workers;
        this.clock = clock;
        this.residents = residents;
        this.store = store;
        this.releases = releases;
        this.templates = templates;
        this.fields = fields;
    }

    /** What was found in an answer, and what of it stops it here. */
    record Read(List<Concern> concerns, ReplyStore.Policy policy) {
        boolean stops() {
            return concerns.stream().anyMatch(this::stops);
        }

        boolean stops(Concern concern) {
            return switch (concern.kind()) {
                case PERSONAL_DATA -> true;
                // Whether it answers the question is a judgement that is wrong one time in five: it is said, and no
                // more.
                case OFF_THE_QUESTION -> false;
                case COPIED, NO_SUBSTANCE, PROMISE_WITHOUT_DATE -> policy.stance() == Stance.STOP;
            };
        }

        JsonArray toJson() {
            JsonArray shown = new JsonArray();
            concerns.forEach(one -> shown.add(shown(one).put("stops", stops(one))));
            return shown;
        }

        private static JsonObject shown(Concern one) {
            Concern.Span where = one.where();
            return new JsonObject()
                    .put("kind", one.kind().name())
                    .put("label", one.kind().label())
                    .put("why", one.why())
                    .put("from", where == null ? null : where.from())
                    .put("to", where == null ? null : where.to())
                    .put("quote", one.quote())
                    .put("copiedFrom", one.copiedFrom());
        }
    }

    Future<Read> of(SqlClient on, Case c, String words) {
        return store.policy(on, c.facts().area())
                .compose(policy -> residents
                        .profile(on, c.facts().resident())
                        .compose(profile -> store.alike(
                                        on, c, Prints.of(words), clock.instant().minus(RECENT))
                                .compose(earlier -> templates.around(on, c).compose(near -> {
                                    String name = profile.name();
                                    Draft draft = new Draft(
                                            c.facts().text(),
                                            c.facts().category(),
                                            words,
                                            name == null ? List.of() : List.of(name),
                                            earlier,
                                            near.stream()
                                                    .map(Templates.Template::words)
                                                    .toList(),
                                            List.copyOf(fields.of(c).values()));
                                    return workers.executeBlocking(
                                            () -> ReplyCheck.shipped().of(draft), false);
                                })))
                        .map(concerns -> new Read(concerns, policy)));
    }

    @Override
    public Future<@Nullable String> reads(SqlConnection tx, Moved made, Caller.Staff who) {
        String words = said(made);
        if (words == null) {
            return Future.succeededFuture();
        }
        Case c = made.after();
        return of(tx, c, words).compose(read -> {
            if (read.concerns().isEmpty()) {
                return Future.succeededFuture();
            }
            if (!read.stops()) {
                return kept(tx, made, read, null, who).mapEmpty();
            }
            return releases.granted(tx, c.facts().id(), words).compose(release -> {
                if (release == null) {
                    throw refused(read);
                }
                return kept(tx, made, read, release, who).map(release.by() + "放行：" + release.reason());
            });
        });
    }

    private Future<Void> kept(
            SqlConnection tx, Moved made, Read read, Releases.@Nullable Granted release, Caller.Staff who) {
        List<String> kinds = read.concerns().stream()
                .map(one -> one.kind().name())
                .distinct()
                .toList();
        return store.read(tx, made, kinds, release == null ? null : release.id(), who)
                .compose(done -> AuditLog.write(
                        tx,
                        who,
                        release == null ? "reply.despite-concerns" : "reply.released",
                        made.after().facts().number(),
                        new JsonObject()
                                .put("move", made.line().move().name())
                                .put("kinds", new JsonArray(kinds))
                                .put("release", release == null ? null : release.id()),
                        made.line().at()));
    }

    /** Who is answered is told nothing of what the office thought; who copies from an answer later is found by its numbers. */
    @Override
    public Future<Void> saw(SqlConnection tx, Moved moved) {
        String answer = moved.after().now().answer();
        return moved.line().move() == Move.REPORT_BACK && answer != null
                ? store.print(
                        tx,
                        moved.after().facts().id(),
                        Prints.of(answer),
                        moved.line().at())
                : Future.succeededFuture();
    }

    /** The words the resident will read as the answer; null for any other move. */
    private static @Nullable String said(Moved made) {
        Case.Resolution resolution = made.after().now().resolution();
        return switch (made.line().move()) {
            case REPORT_BACK -> made.after().now().answer();
            case RESOLVE -> resolution == null ? null : resolution.words();
            default -> null;
        };
    }

    /** What somebody sees who only reads this sentence: what is wrong, at which words. */
    private static Refusal refused(Read read) {
        StringBuilder said = new StringBuilder();
        read.concerns().stream().filter(read::stops).limit(3).forEach(one -> {
            String quote = one.quote();
            said.append(quote == null ? "" : "“" + shortened(quote) + "”：").append(one.why());
        });
        return Refusal.of(Refusal.Kind.REPLY_CONCERNS, said + "改好后再提交，或请督办员放行。").with("concerns", read.toJson());
    }

    private static String shortened(String quote) {
        return quote.length() <= 20 ? quote : quote.substring(0, quote.offsetByCodePoints(0, 18)) + "…";
    }
}
