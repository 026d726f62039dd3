package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever changes what is written is found out. */
class HistoryChainTest {

    /** For each column of a line, an expression that differs from what stands there in as little as can be. */
    private static final Map<String, String> TAMPERED = Map.ofEntries(
            Map.entry("case_id", "gen_random_uuid()"),
            Map.entry("seq", "seq + 900"),
            Map.entry("move", "'SUPPLEMENT'"),
            Map.entry("from_state", "'ACCEPTED'"),
            Map.entry("to_state", "'ACCEPTED'"),
            Map.entry("at", "at + interval '1 microsecond'"),
            Map.entry("actor_kind", "'RESIDENT'"),
            Map.entry("actor_id", "gen_random_uuid()"),
            Map.entry("actor_name", "actor_name || ' '"),
            Map.entry("actor_role", "'GRID_LEADER'"),
            Map.entry("actor_area", "translate(actor_area, '1', '2')"),
            Map.entry("acting_for", "'代网格长'"),
            Map.entry("words", "overlay(words placing '未' from 1 for 1)"),
            Map.entry("holder_area", "translate(holder_area, '1', '2')"),
            Map.entry("holder_department", "'HOUSING'"),
            Map.entry("media", "ARRAY[gen_random_uuid()]"),
            Map.entry("hash", "translate(hash, '0123456789abcdef', '1032547698badcfe')"));

    private static TestApp app;
    private static Client resident;
    private static Client worker;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        resident = app.resident();
        worker = app.staff("worker-" + app.grid());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void an_untouched_history_is_whole_and_its_seals_hang_together() {
        String number = handled();
        HistoryCheck.Found found = verify(number);
        assertEquals(List.of(), found.broken());
        assertEquals(1, found.cases());
        assertEquals(4, found.lines());
    }

    @TestFactory
    Stream<DynamicTest> a_change_in_any_column_is_found() {
        handled();
        List<String> columns = new ArrayList<>();
        app.sql(db -> db.query("""
                        SELECT column_name FROM information_schema.columns
                        WHERE table_name = 'case_history' AND table_schema = 'public'""").execute()).forEach(row -> columns.add(row.getString("column_name")));
        assertEquals(new TreeSet<>(TAMPERED.keySet()), new TreeSet<>(columns));
        return columns.stream()
                .map(column -> DynamicTest.dynamicTest(column, () -> {
                    String number = handled();
                    tamper("UPDATE case_history SET " + column + " = " + TAMPERED.get(column)
                            + " WHERE seq = 3 AND case_id = (SELECT id FROM cases WHERE number = '" + number + "')");
                    HistoryCheck.Broken broken = verify(number).broken().get(0);
                    assertEquals(number, broken.number());
                    assertEquals(3, broken.seq());
                }));
    }

    @Test
    void a_line_cut_off_at_the_end_or_a_last_line_rewritten_with_its_seal_is_found() {
        String cut = handled();
        tamper("DELETE FROM case_history WHERE seq = 3 AND case_id = (SELECT id FROM cases WHERE number = '" + cut
                + "')");
        assertFalse(verify(cut).broken().isEmpty());
        String forged = handled();
        String last = " WHERE h.seq = 3 AND h.case_id = (SELECT id FROM cases WHERE number = '" + forged + "')";
        tamper("UPDATE case_history h SET words = '没有去过'" + last);
        tamper("UPDATE case_history h SET hash = seal_of(h, (SELECT p.hash FROM case_history p"
                + " WHERE p.case_id = h.case_id AND p.seq = 2))" + last);
        assertFalse(verify(forged).broken().isEmpty());
    }

    @Test
    void the_proof_shows_steps_and_seals_and_nothing_of_anybody() {
        String number = handled();
        String token = resident.seeCase(number).getString("proof");
        JsonObject proof = app.nobody().get("/api/proof/" + token).expect(200).json();
        assertTrue(proof.getBoolean("whole"));
        JsonArray steps = proof.getJsonArray("steps");
        assertEquals(4, steps.size());
        assertEquals(proof.getString("head"), steps.getJsonObject(3).getString("hash"));
        assertNotEquals(steps.getJsonObject(2).getString("hash"), proof.getString("head"));
        String all = proof.encode();
        String worded = resident.seeCase(number).getString("text");
        for (String secret : List.of(worded, "看过现场", "网格员", app.grid())) {
            assertFalse(all.contains(secret), secret + " is told to everybody");
        }
        JsonObject code =
                app.nobody().get("/api/proof/" + token + "/code").expect(200).json();
        assertTrue(code.getString("path").startsWith("M"));
        app.nobody().get("/api/proof/AAAAAAAAAAAAAAAAAAAAAA").refused(404, "not-found");
    }

    private static String handled() {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        worker.move(number, "NOTE", "words", "看过现场");
        return number;
    }

    private static HistoryCheck.Found verify(String number) {
        return app.sql(db -> new HistoryCheck().verify(db, number));
    }

    /** As somebody who owns the database and is not stopped by a trigger. */
    private static void tamper(String sql) {
        app.sql(db -> db.withConnection(own -> own.query("SET session_replication_role = replica")
                .execute()
                .compose(done -> own.query(sql).execute())
                .eventually(() ->
                        own.query("SET session_replication_role = DEFAULT").execute())));
    }
}
