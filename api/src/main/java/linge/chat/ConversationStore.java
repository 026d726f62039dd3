package linge.chat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/** Conversations and their messages as rows. */
final class ConversationStore {

    /** Of a conversation, the oldest going first. */
    static final int MOST_MESSAGES = 400;
    /** Of one resident or visitor, the one longest silent going first. */
    static final int MOST_CONVERSATIONS = 30;

    static final String COLUMNS = """
            id, resident_id, talk, version, case_number, desk::text AS desk, desk_area, desk_asked_at, desk_told_at,
            started_at, updated_at""";

    private static final String OWNED = "(resident_id = $2::uuid OR resident_id IS NULL AND visitor = $3::bytea)";
    private static final String BEGIN = """
            INSERT INTO conversations (id, resident_id, visitor, begun_with, started_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT DO NOTHING""";
    private static final String BEGUN = "SELECT id FROM conversations WHERE " + OWNED + " AND begun_with = $1";
    private static final String MAKE_ROOM = """
            DELETE FROM conversations WHERE id IN (
              SELECT id FROM conversations WHERE resident_id = $1::uuid OR resident_id IS NULL AND visitor = $2::bytea
              ORDER BY updated_at DESC OFFSET $3)""";
    private static final String FIND = "SELECT " + COLUMNS + " FROM conversations WHERE id = $1 AND " + OWNED;
    private static final String CLAIM = """
            UPDATE conversations SET resident_id = $2, visitor = NULL, begun_with = NULL
            WHERE id = $1 AND resident_id IS NULL""";
    private static final String HOLD = """
            UPDATE conversations SET held_by = $2, held_until = $3
            WHERE id = $1 AND (held_by IS NULL OR held_until < $4) RETURNING""" + " " + COLUMNS;
    private static final String LET_GO =
            "UPDATE conversations SET held_by = NULL, held_until = NULL WHERE id = $1 AND held_by = $2";
    private static final String KEEP = """
            UPDATE conversations SET talk = $3, version = version + 1, case_number = coalesce($4, case_number),
              desk = CASE WHEN $5::text IS NOT NULL OR desk = 'ANSWERED' THEN 'WAITING'::desk_state ELSE desk END,
              desk_area = coalesce($5, desk_area),
              desk_asked_at = CASE WHEN $5::text IS NOT NULL OR desk = 'ANSWERED' THEN $6 ELSE desk_asked_at END,
              held_by = NULL, held_until = NULL, updated_at = $6
            WHERE id = $1 AND held_by = $2 RETURNING desk::text AS desk""";
    private static final String ADD = """
            INSERT INTO chat_messages (conversation, side, text, more, staff_id, staff_name, client_key, request_hash, at)
            VALUES ($1, $2::text::chat_side, $3, $4, $5, $6, $7, $8, $9) RETURNING id""";
    private static final String ANSWER = "UPDATE chat_messages SET answer = $2 WHERE id = $1";
    private static final String ANSWERED =
            "SELECT request_hash, answer FROM chat_messages WHERE conversation = $1 AND client_key = $2";
    private static final String TRIM = """
            DELETE FROM chat_messages WHERE conversation = $1 AND id <= (
              SELECT id FROM chat_messages WHERE conversation = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)""";
    private static final String MESSAGES = """
            SELECT * FROM (
              SELECT id, side::text AS side, text, more, staff_id, staff_name, at FROM chat_messages
              WHERE conversation = $1 AND id > $2 ORDER BY id DESC LIMIT $3) newest
            ORDER BY id""";
    private static final String OF =
            "SELECT " + COLUMNS + " FROM conversations WHERE resident_id = $1 ORDER BY started_at";
    private static final String FORGET = "DELETE FROM conversations WHERE id = $1 AND " + OWNED;
    private static final String FORGET_ALL = "DELETE FROM conversations WHERE resident_id = $1";
    private static final String FORGET_OLD = """
            DELETE FROM conversations WHERE id IN (SELECT id FROM conversations WHERE updated_at < $1 LIMIT 500)""";

    /** What a message sent before was answered with. */
    record Answered(Buffer requestHash, JsonObject answer) {}

    /** What hearing changed. */
    record Kept(
            JsonObject talk,
            @Nullable String caseNumber,
            @Nullable String deskArea,
            Instant at) {}

    /** The id of the conversation begun with this key: the one given, or that of the one it began before. */
    Future<String> begin(SqlConnection tx, String id, Owner owner, @Nullable String clientKey, Instant now) {
        UUID resident = resident(owner);
        Buffer visitor = resident == null ? owner.visitor() : null;
        return tx.preparedQuery(BEGIN)
                .execute(Tuple.of(id, resident, visitor, clientKey, Times.at(now)))
                .compose(done -> done.rowCount() == 1
                        ? tx.preparedQuery(MAKE_ROOM)
                                .execute(Tuple.of(resident, visitor, MOST_CONVERSATIONS))
                                .map(id)
                        : tx.preparedQuery(BEGUN)
                                .execute(Tuple.of(clientKey, resident, visitor))
                                .map(rows -> rows.iterator().next().getString("id")));
    }

    /** Null when there is none with this id that is theirs. */
    Future<@Nullable Conversation> find(SqlClient on, String id, Owner owner) {
        return on.preparedQuery(FIND)
                .execute(Tuple.of(id, resident(owner), owner.visitor()))
                .map(ConversationStore::one);
    }

    /** A visitor's conversation becomes the resident's, and nobody else's any more. */
    Future<Void> claim(SqlClient on, String id, UUID resident) {
        return on.preparedQuery(CLAIM).execute(Tuple.of(id, resident)).mapEmpty();
    }

    /** The conversation, held until {@code until}; null while somebody else holds it, or when it is gone. */
    Future<@Nullable Conversation> hold(SqlClient on, String id, UUID holder, Instant now, Instant until) {
        return on.preparedQuery(HOLD)
                .execute(Tuple.of(id, holder, Times.at(until), Times.at(now)))
                .map(ConversationStore::one);
    }

    Future<Void> letGo(SqlClient on, String id, UUID holder) {
        return on.preparedQuery(LET_GO).execute(Tuple.of(id, holder)).mapEmpty();
    }

    /** Writes how the talk stands and lets it go; null when the lease ran out meanwhile and somebody else went on. */
    Future<Conversation.@Nullable Desk> keep(SqlConnection tx, String id, UUID holder, Kept kept) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(id, holder, kept.talk(), kept.caseNumber(), kept.deskArea(), Times.at(kept.at())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    return Conversation.Desk.valueOf(rows.iterator().next().getString("desk"));
                });
    }

    /** The id of the message added; the key and hash are those of a resident's. */
    Future<Long> add(
            SqlConnection tx, String id, Message message, @Nullable String clientKey, @Nullable Buffer requestHash) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addValue(id)
                        .addValue(message.side().name())
                        .addValue(message.text())
                        .addValue(message.more())
                        .addValue(message.staff())
                        .addValue(message.staffName())
                        .addValue(clientKey)
                        .addValue(requestHash)
                        .addValue(Times.at(message.at())))
                .map(rows -> rows.iterator().next().getLong("id"));
    }

    /** Keeps what a message was answered with, for when it is sent again; then forgets the oldest messages. */
    Future<Void> answer(SqlConnection tx, String id, long message, JsonObject answer) {
        return tx.preparedQuery(ANSWER)
                .execute(Tuple.of(message, answer))
                .compose(done -> tx.preparedQuery(TRIM).execute(Tuple.of(id, MOST_MESSAGES)))
                .mapEmpty();
    }

    /** What a message with this key was answered with; null when it was not heard yet. */
    Future<@Nullable Answered> answered(SqlClient on, String id, String clientKey) {
        return on.preparedQuery(ANSWERED).execute(Tuple.of(id, clientKey)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return new Answered(row.getBuffer("request_hash"), (JsonObject) row.getValue("answer"));
        });
    }

    /** The last messages after {@code after}, from early to late. */
    Future<List<Message>> messages(SqlClient on, String id, long after, int most) {
        return on.preparedQuery(MESSAGES).execute(Tuple.of(id, after, most)).map(rows -> {
            List<Message> messages = new ArrayList<>();
            for (Row row : rows) {
                messages.add(new Message(
                        row.getLong("id"),
                        Message.Side.valueOf(row.getString("side")),
                        row.getString("text"),
                        (JsonObject) row.getValue("more"),
                        row.getUUID("staff_id"),
                        row.getString("staff_name"),
                        Times.of(row, "at")));
            }
            return messages;
        });
    }

    /** All of a resident's, from early to late. */
    Future<List<Conversation>> of(SqlClient on, UUID resident) {
        return on.preparedQuery(OF).execute(Tuple.of(resident)).map(rows -> {
            List<Conversation> all = new ArrayList<>();
            rows.forEach(row -> all.add(of(row)));
            return all;
        });
    }

    /** Whether there was one to forget. */
    Future<Boolean> forget(SqlClient on, String id, Owner owner) {
        return on.preparedQuery(FORGET)
                .execute(Tuple.of(id, resident(owner), owner.visitor()))
                .map(done -> done.rowCount() > 0);
    }

    Future<Void> forgetAll(SqlClient on, UUID resident) {
        return on.preparedQuery(FORGET_ALL).execute(Tuple.of(resident)).mapEmpty();
    }

    /** Some of those silent since before; how many. */
    Future<Integer> forgetOld(SqlClient on, Instant before) {
        return on.preparedQuery(FORGET_OLD).execute(Tuple.of(Times.at(before))).map(done -> done.rowCount());
    }

    private static @Nullable UUID resident(Owner owner) {
        return owner.resident() == null ? null : owner.resident().id();
    }

    private static @Nullable Conversation one(Iterable<Row> rows) {
        var all = rows.iterator();
        return all.hasNext() ? of(all.next()) : null;
    }

    static Conversation of(Row row) {
        return new Conversation(
                row.getString("id"),
                row.getUUID("resident_id"),
                (JsonObject) row.getValue("talk"),
                row.getInteger("version"),
                row.getString("case_number"),
                Conversation.Desk.valueOf(row.getString("desk")),
                row.getString("desk_area"),
                Times.orNull(row, "desk_asked_at"),
                Times.orNull(row, "desk_told_at"),
                Times.of(row, "started_at"),
                Times.of(row, "updated_at"));
    }
}
