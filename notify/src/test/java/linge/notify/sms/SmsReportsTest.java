package linge.notify.sms;

import static linge.notify.sms.SmsWorld.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import linge.notify.Addresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendors push, in the form of their documents, and what it does to a notice. */
class SmsReportsTest {

    private static SmsWorld world;

    @BeforeAll
    static void open() {
        world = new SmsWorld();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    /** A notice that Tencent Cloud took as 5000:104571816015784461, one that Alibaba Cloud took as 900619746936506171^0. */
    @BeforeEach
    void sendOverBoth() {
        world.clear();
        world.put("t");
        await(world.relay(world.open(world.tencentAccount())).step());
        world.put("a");
        await(world.relay(world.open(world.aliyunAccount())).step());
        assertEquals("SENT", world.delivery("a").getString("state"));
        assertEquals("SENT", world.delivery("t").getString("state"));
    }

    static Buffer aliyun(String bizId, boolean success, String code) {
        return aliyun(bizId, "67890", SmsWorld.PHONE, success, code);
    }

    static Buffer aliyun(String bizId, String outId, String phone, boolean success, String code) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("phone_number", phone)
                        .put("send_time", "2026-03-02 09:00:00")
                        .put("report_time", "2026-03-02 09:00:07")
                        .put("success", success)
                        .put("err_code", code)
                        .put("err_msg", "说明")
                        .put("sms_size", "1")
                        .put("biz_id", bizId)
                        .put("out_id", outId))
                .toBuffer();
    }

    private static Buffer tencent(String sid, String status, String code) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("user_receive_time", "2026-03-02 09:00:09")
                        .put("nationcode", "86")
                        .put("mobile", SmsWorld.PHONE)
                        .put("report_status", status)
                        .put("errmsg", code)
                        .put("description", "说明")
                        .put("sid", sid))
                .toBuffer();
    }

    @Test
    void what_arrived_is_delivered_at_the_time_the_carrier_says() {
        assertEquals(1, await(world.reports.pushed("aliyun", aliyun("900619746936506171^0", true, "DELIVERED"))));
        assertEquals(
                1, await(world.reports.pushed("tencent", tencent("5000:104571816015784461", "SUCCESS", "DELIVRD"))));
        assertEquals("DELIVERED", world.delivery("a").getString("state"));
        assertEquals("2026-03-02T01:00:07+00:00", world.delivery("a").getString("confirmed_at"));
        assertEquals("DELIVERED", world.delivery("t").getString("state"));
        assertEquals("2026-03-02T01:00:09+00:00", world.delivery("t").getString("confirmed_at"));
    }

    @Test
    void what_did_not_arrive_goes_on_with_a_reason_an_operator_reads() {
        await(world.reports.pushed("aliyun", aliyun("900619746936506171^0", false, "MOBILE_TERMINAL_ERROR")));
        JsonObject row = world.delivery("a");
        assertEquals("FAILED", row.getString("state"));
        assertEquals("aliyun：手机关机或不在服务区 (MOBILE_TERMINAL_ERROR)", row.getString("reason"));
        assertNull(await(world.addresses.find(Addresses.PHONE, SmsWorld.PHONE)));
    }

    @Test
    void a_number_out_of_service_is_shown_to_staff() {
        await(world.reports.pushed("tencent", tencent("5000:104571816015784461", "FAIL", "MK:0001")));
        assertEquals("FAILED", world.delivery("t").getString("state"));
        assertEquals(
                "tencent：空号 (MK:0001)",
                await(world.addresses.find(Addresses.PHONE, SmsWorld.PHONE)).bounce());
    }

    @Test
    void the_same_report_pushed_again_and_one_of_a_sign_in_code_change_nothing() {
        Buffer report = aliyun("900619746936506171^0", true, "DELIVERED");
        await(world.reports.pushed("aliyun", report));
        await(world.reports.pushed("aliyun", report));
        await(world.reports.pushed("aliyun", aliyun("900619746936506171^0", false, "UNDELIV")));
        assertEquals("DELIVERED", world.delivery("a").getString("state"));
        assertEquals(1, await(world.reports.pushed("aliyun", aliyun("777^0", true, "DELIVERED"))));
    }

    @Test
    void numbers_of_one_vendor_mean_nothing_with_the_other() {
        await(world.reports.pushed("tencent", tencent("900619746936506171^0", "SUCCESS", "DELIVRD")));
        assertEquals("SENT", world.delivery("a").getString("state"));
    }

    @Test
    void a_report_that_decides_nothing_is_left() {
        assertEquals(
                0, await(world.reports.pushed("aliyun", aliyun("900619746936506171^0", false, "REQUEST_SUCCESS"))));
        assertEquals("SENT", world.delivery("a").getString("state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[1]",
                "[{}]",
                "[{\"biz_id\":\"\",\"success\":true}]",
                "[{\"biz_id\":\"5\",\"success\":\"yes\"}]",
                "[null]"
            })
    void what_is_no_list_of_reports_is_refused(String body) {
        Throwable refused = await(world.reports
                .pushed("aliyun", Buffer.buffer(body))
                .transform((n, e) -> Future.succeededFuture(e == null ? new AssertionError("was taken") : e)));
        assertInstanceOf(IllegalArgumentException.class, refused);
    }

    @Test
    void who_pushes_nothing_is_refused() {
        Throwable refused = await(world.reports
                .pushed("smpp", aliyun("1", true, ""))
                .transform((n, e) -> Future.succeededFuture(e == null ? new AssertionError("was taken") : e)));
        assertInstanceOf(IllegalArgumentException.class, refused);
    }
}
