package linge.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What departments may hand to grids, over HTTP. */
class AdmissionTest {

    private static final String HEAD = "编号,部门,事项,谁来办,工作日,类别\n";
    private static final String WASTE = HEAD + "UM-3,城市管理局,垃圾堆放的劝导清理,网格,1,环境卫生·垃圾清运；公共厕所\n";

    private static TestApp app;
    private static String grid;
    private static String county;
    private static Client dispatcher;
    private static Client supervisor;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        county = grid.substring(0, 6);
        dispatcher = app.staff("dispatcher-" + county);
        supervisor = app.staff("supervisor-" + county);
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonObject take(String area, String csv, LocalDate effective) {
        return admin.post(
                        "/api/admission",
                        new JsonObject()
                                .put("area", area)
                                .put("csv", csv)
                                .put("effective", effective.toString())
                                .put("why", "潞城综治〔2026〕3号"))
                .expect(200)
                .json();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"));
    }

    /** A broken lamp that went to its department. */
    private static String lampAtDepartment() {
        JsonObject filed = app.resident().file(TestApp.streetLamp());
        String number = filed.getString("number");
        dispatcher.move(
                number,
                "DISPATCH",
                "department",
                filed.getJsonObject("department").getString("code"));
        return number;
    }

    private static Reply toGrid(String number) {
        return dispatcher.post(
                "/api/cases/" + number + "/moves",
                new JsonObject()
                        .put("move", "DISPATCH")
                        .put("version", dispatcher.seeCase(number).getInteger("version"))
                        .put("to", grid));
    }

    private static String lastWords(String number) {
        JsonArray lines = dispatcher
                .get("/api/cases/" + number + "/history")
                .expect(200)
                .json()
                .getJsonArray("items");
        return lines.getJsonObject(lines.size() - 1).getString("words");
    }

    @Test
    void without_a_list_nothing_is_gated_and_with_one_only_what_is_on_it_goes_through_unless_it_is_admitted_singly() {
        toGrid(lampAtDepartment()).expect(200);

        take(county, WASTE, today());
        String number = lampAtDepartment();
        JsonObject problem = toGrid(number).expect(409).json();
        assertEquals("urn:linge:problem:not-admitted", problem.getString("type"));
        assertEquals("NONE", problem.getJsonObject("admission").getString("state"));
        assertTrue(problem.getString("detail").contains("路灯"), problem.getString("detail"));

        String officer = "officer-" + county + "-"
                + problem.getJsonObject("admission").getString("department").toLowerCase(Locale.ROOT);
        JsonObject asked = app.staff(officer)
                .post(
                        "/api/cases/" + number + "/admission",
                        new JsonObject().put("grid", grid).put("why", "网格里就有电工"))
                .expect(201)
                .json();
        assertEquals(
                "OPEN",
                toGrid(number).expect(409).json().getJsonObject("admission").getString("state"));
        supervisor
                .post(
                        "/api/admission/requests/" + asked.getLong("id") + "/decision",
                        new JsonObject().put("grant", true).put("reason", "就近好办"))
                .expect(200);
        toGrid(number).expect(200);
        assertTrue(lastWords(number).contains("批准单件准入：就近好办"), lastWords(number));
        assertEquals(
                2, app.count("SELECT count(*) FROM audit_log WHERE act LIKE 'admission.%' AND subject = $1", number));

        // What no department ever had is sent as before.
        String fresh = app.resident().file(TestApp.streetLamp()).getString("number");
        dispatcher.move(fresh, "DISPATCH", "to", grid.substring(0, 12));
        toGrid(fresh).expect(200);

        take(county, HEAD + "UM-1,城市管理局,路灯损坏的巡查上报,网格,1,路灯\n", today());
        String listed = lampAtDepartment();
        assertTrue(dispatcher
                .get("/api/cases/" + listed + "/suggestions")
                .expect(200)
                .text()
                .contains("准入清单第 UM-1 项"));
        toGrid(listed).expect(200);
        assertTrue(lastWords(listed).contains("准入清单第 UM-1 项"), lastWords(listed));
    }

    @Test
    void a_list_counts_from_its_day_on() {
        take("140424", WASTE, today().plusDays(10));
        assertNull(admin.get("/api/admission?area=140424").expect(200).json().getJsonObject("list"));
        assertEquals(1, app.count("SELECT count(*) FROM admission_lists WHERE area = '140424'"));
        admin.post(
                        "/api/admission",
                        new JsonObject()
                                .put("csv", WASTE)
                                .put("effective", today().minusDays(1).toString())
                                .put("why", "补录"))
                .expect(422);
    }

    @Test
    void what_is_wrong_in_a_file_is_told_by_line_and_nothing_of_it_is_taken() {
        String csv = HEAD
                + "A-1,城管局,路灯,网格,1,路灯\n"
                + "A-1,城市管理局,井盖,谁都行,0,井盖\n"
                + "A-3,城市管理局,什么都管,网格,1,天上的事\n"
                + "A-4,城市管理局\n";
        JsonObject report = take(county, csv, today());
        assertEquals(false, report.getBoolean("imported"));
        List<String> told = report.getJsonArray("faults").stream()
                .map(one -> ((JsonObject) one).getInteger("line") + " " + ((JsonObject) one).getString("words"))
                .toList();
        assertEquals(
                List.of(
                        "2 没有“城管局”这个部门。",
                        "3 编号“A-1”前面已经有了。",
                        "3 “谁来办”只能写“网格”或“网格和部门”。",
                        "3 工作日要写 1 到 60 的整数。",
                        "4 没有“天上的事”这个类别。",
                        "5 应当有 6 列，现在有 2 列。"),
                told);
    }

    @Test
    void the_shipped_example_comes_back_as_it_was_written() {
        List<Item> example = Item.example();
        assertEquals(39, example.size());
        assertEquals(13, example.stream().map(Item::department).distinct().count());
        ListFile read = ListFile.read(ListFile.written(example));
        assertEquals(List.of(), read.faults());
        assertEquals(example, read.items());
    }
}
