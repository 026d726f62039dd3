package linge.notify.sms;

import static linge.notify.sms.SmsWorld.await;
import static linge.notify.sms.SmsWorld.filed;
import static linge.notify.sms.SmsWorld.message;
import static linge.notify.sms.SmsWorld.notSent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import linge.notify.Addresses;
import linge.notify.NotSent;
import linge.notify.Relay;
import linge.notify.SmsGateway;
import linge.notify.sms.VendorPlatform.Mood;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The two vendors over HTTP: what is asked of them, what their answers do, and who is asked next. */
class SmsProvidersTest {

    private static SmsWorld world;
    private static SmsProviders both;

    @BeforeAll
    static void open() {
        world = new SmsWorld();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
        both = world.open(world.aliyunAccount(), world.tencentAccount());
    }

    @Test
    void alibaba_cloud_gets_a_template_with_named_values() {
        SmsGateway.Message message = filed();
        assertEquals("aliyun:900619746936506171^0", await(both.send(message)).receipt());
        JsonObject asked = world.aliyun.taken().get(0);
        assertEquals("SendSms", asked.getString("Action"));
        assertEquals("2017-05-25", asked.getString("Version"));
        assertEquals(SmsWorld.PHONE, asked.getString("PhoneNumbers"));
        assertEquals("邻格", asked.getString("SignName"));
        assertEquals("SMS_9", asked.getString("TemplateCode"));
        assertEquals(
                new JsonObject()
                        .put("category", "路灯不亮")
                        .put("number", "CZ26-000017")
                        .put("due", "3月5日18时"),
                new JsonObject(asked.getString("TemplateParam")));
        assertEquals(String.valueOf(message.delivery()), asked.getString("OutId"));
        assertEquals(List.of(), world.aliyun.forged());
        assertEquals(List.of(), world.tencent.taken());
    }

    @Test
    void tencent_cloud_gets_a_template_with_values_by_position() {
        SmsProviders tencent = world.open(world.tencentAccount());
        SmsGateway.Message message = filed();
        assertEquals(
                "tencent:5000:104571816015784461", await(tencent.send(message)).receipt());
        JsonObject asked = world.tencent.taken().get(0);
        assertEquals("SendSms", asked.getString("Action"));
        assertEquals("2021-01-11", asked.getString("Version"));
        assertEquals(new JsonArray().add("+8613800000001"), asked.getJsonArray("PhoneNumberSet"));
        assertEquals("9", asked.getString("TemplateId"));
        assertEquals(
                new JsonArray().add("路灯不亮").add("CZ26-000017").add("3月5日18时"), asked.getJsonArray("TemplateParamSet"));
        assertEquals("1400006666", asked.getString("SmsSdkAppId"));
        assertEquals(String.valueOf(message.delivery()), asked.getString("SessionContext"));
        assertEquals(List.of(), world.tencent.forged());
    }

    @Test
    void words_with_signs_of_every_kind_keep_their_signature_whole() {
        JsonObject odd = new JsonObject().put("number", "A b&c=d+e/f?g~h*i%2B").put("category", "“灯”💡{坏}$了'\"\\");
        await(both.send(message("case-filed", odd)));
        await(world.open(world.tencentAccount()).send(message("case-filed", odd)));
        assertEquals(
                odd.getString("category"),
                new JsonObject(world.aliyun.taken().get(0).getString("TemplateParam")).getString("category"));
        assertEquals(
                odd.getString("category"),
                world.tencent.taken().get(0).getJsonArray("TemplateParamSet").getString(0));
    }

    @Test
    void a_wrong_secret_is_told_to_the_operator_and_the_next_provider_takes_over() {
        SmsAccount.Aliyun forger =
                new SmsAccount.Aliyun(world.aliyun.url(), AliyunPlatform.KEY, "not the secret", "邻格");
        SmsProviders providers = world.open(forger, world.tencentAccount());
        assertTrue(await(providers.send(filed())).receipt().startsWith("tencent:"));
        assertEquals(List.of("signature of something else"), world.aliyun.forged());
        JsonObject standing = providers.standing().getJsonObject(0);
        assertEquals("密钥不对，签名没有通过 (SignatureDoesNotMatch)", standing.getString("trouble"));
        assertEquals(1, standing.getInteger("refused"));
        assertEquals(1, providers.standing().getJsonObject(1).getInteger("sent"));
    }

    /** Code, message → what becomes of it when this provider is the only one. */
    @TestFactory
    Stream<DynamicTest> a_refusal_means_for_the_notice() {
        return Stream.of(
                        row("aliyun", "isv.MOBILE_NUMBER_ILLEGAL", "", NotSent.Kind.NEVER, null),
                        row("aliyun", "isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", NotSent.Kind.TRY_AGAIN, 60),
                        row("aliyun", "isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", NotSent.Kind.TRY_AGAIN, 3600),
                        row("aliyun", "isv.DAY_LIMIT_CONTROL", "", NotSent.Kind.TRY_AGAIN, 53_999),
                        row("aliyun", "isv.SMS_SIGNATURE_ILLEGAL", "", NotSent.Kind.NEXT_CHANNEL, null),
                        row("aliyun", "isv.SMS_TEMPLATE_ILLEGAL", "", NotSent.Kind.NEXT_CHANNEL, null),
                        row("aliyun", "isv.AMOUNT_NOT_ENOUGH", "", NotSent.Kind.NEXT_CHANNEL, null),
                        row("aliyun", "isv.BLACK_KEY_CONTROL_LIMIT", "", NotSent.Kind.NEXT_CHANNEL, null),
                        row("aliyun", "Throttling.User", "", NotSent.Kind.TRY_AGAIN, 2),
                        row("aliyun", "isp.SYSTEM_ERROR", "", NotSent.Kind.TRY_AGAIN, null),
                        row("aliyun", "isv.NEVER_HEARD_OF", "", NotSent.Kind.TRY_AGAIN, null),
                        row("aliyun", "InternalError", "", NotSent.Kind.UNKNOWN, null),
                        row("tencent", "InvalidParameterValue.IncorrectPhoneNumber", "", NotSent.Kind.NEVER, null),
                        row("tencent", "LimitExceeded.PhoneNumberThirtySecondLimit", "", NotSent.Kind.TRY_AGAIN, 30),
                        row("tencent", "LimitExceeded.PhoneNumberDailyLimit", "", NotSent.Kind.TRY_AGAIN, 53_999),
                        row("tencent", "LimitExceeded.AppDailyLimit", "", NotSent.Kind.TRY_AGAIN, 53_999),
                        row("tencent", "FailedOperation.PhoneNumberInBlacklist", "", NotSent.Kind.NEXT_CHANNEL, null),
                        row(
                                "tencent",
                                "FailedOperation.SignatureIncorrectOrUnapproved",
                                "",
                                NotSent.Kind.NEXT_CHANNEL,
                                null),
                        row(
                                "tencent",
                                "FailedOperation.InsufficientBalanceInSmsPackage",
                                "",
                                NotSent.Kind.NEXT_CHANNEL,
                                null),
                        row("tencent", "RequestLimitExceeded", "", NotSent.Kind.TRY_AGAIN, 2),
                        row("tencent", "InternalError.Timeout", "", NotSent.Kind.UNKNOWN, null))
                .map(row -> DynamicTest.dynamicTest(row.provider() + " " + row.code() + row.message(), () -> {
                    clear();
                    boolean aliyun = row.provider().equals("aliyun");
                    (aliyun ? world.aliyun : world.tencent).refuse(row.code(), row.message());
                    NotSent refused = notSent(world.open(aliyun ? world.aliyunAccount() : world.tencentAccount())
                            .send(filed()));
                    assertEquals(row.kind(), refused.kind(), refused.reason());
                    assertTrue(refused.reason().contains(row.code()), refused.reason());
                    Duration wait = refused.earliest();
                    assertEquals(row.seconds(), wait == null ? null : (Integer) (int) wait.toSeconds());
                }));
    }

    private record Row(String provider, String code, String message, NotSent.Kind kind, Integer seconds) {}

    private static Row row(String provider, String code, String message, NotSent.Kind kind, Integer seconds) {
        return new Row(provider, code, message, kind, seconds);
    }

    /** What lets the next provider try, and what does not. */
    @TestFactory
    Stream<DynamicTest> another_provider_is_asked_only_when_this_one_surely_did_not_take_it() {
        return Stream.of(
                        new Mood.Refuse(200, "isv.SMS_TEMPLATE_ILLEGAL", ""),
                        new Mood.Refuse(200, "isv.AMOUNT_NOT_ENOUGH", ""),
                        new Mood.Refuse(200, "isv.DAY_LIMIT_CONTROL", ""),
                        new Mood.Refuse(200, "isv.BLACK_KEY_CONTROL_LIMIT", ""),
                        new Mood.Refuse(400, "Throttling", ""),
                        new Mood.Refuse(503, "ServiceUnavailable", ""),
                        new Mood.Refuse(403, "Forbidden.RAM", ""))
                .map(mood -> DynamicTest.dynamicTest("yes: " + mood, () -> {
                    clear();
                    world.aliyun.next(mood);
                    assertTrue(await(both.send(filed())).receipt().startsWith("tencent:"));
                    assertEquals(1, world.tencent.taken().size());
                }));
    }

    @TestFactory
    Stream<DynamicTest> nobody_else_is_asked() {
        return Stream.of(
                        new Object[] {new Mood.Refuse(200, "isv.MOBILE_NUMBER_ILLEGAL", ""), NotSent.Kind.NEVER},
                        new Object[] {
                            new Mood.Refuse(200, "isv.BUSINESS_LIMIT_CONTROL", "触发天级流控"), NotSent.Kind.TRY_AGAIN
                        },
                        new Object[] {new Mood.Drop(), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Hang(), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Refuse(500, "InternalError", ""), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Refuse(500, "isv.NEVER_HEARD_OF", ""), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Babble(502, "<html>Bad Gateway</html>"), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Babble(200, ""), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Babble(200, "[1]"), NotSent.Kind.UNKNOWN},
                        new Object[] {new Mood.Babble(200, "{\"Code\":\"OK\"}"), NotSent.Kind.UNKNOWN})
                .map(row -> DynamicTest.dynamicTest("no: " + row[0], () -> {
                    clear();
                    SmsProviders impatient = world.impatient(world.aliyunAccount(), world.tencentAccount());
                    world.aliyun.next((Mood) row[0]);
                    NotSent refused = notSent(impatient.send(filed()));
                    assertEquals(row[1], refused.kind(), refused.reason());
                    assertEquals(List.of(), world.tencent.taken());
                    assertEquals(List.of(), world.tencent.forged());
                }));
    }

    @TestFactory
    Stream<DynamicTest> nobody_knows_what_tencent_cloud_did_with_it() {
        return Stream.of(
                        new Mood.Drop(),
                        new Mood.Hang(),
                        new Mood.Babble(200, "{\"Response\":{\"SendStatusSet\":[]}}"),
                        new Mood.Babble(200, "{\"Response\":[]}"),
                        new Mood.Babble(200, "{\"Response\":{\"SendStatusSet\":[\"Ok\"]}}"),
                        new Mood.Babble(504, "timeout"))
                .map(mood -> DynamicTest.dynamicTest(mood.toString(), () -> {
                    clear();
                    world.tencent.next(mood);
                    assertEquals(
                            NotSent.Kind.UNKNOWN,
                            notSent(world.impatient(world.tencentAccount()).send(filed()))
                                    .kind());
                }));
    }

    @Test
    void a_provider_out_of_reach_is_passed_over_and_nobody_in_reach_is_tried_again_later() {
        SmsAccount.Aliyun away = new SmsAccount.Aliyun(world.nobody(), "k", "s", "邻格");
        assertTrue(await(world.open(away, world.tencentAccount()).send(filed()))
                .receipt()
                .startsWith("tencent:"));
        NotSent refused = notSent(world.open(away).send(filed()));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertTrue(refused.reason().startsWith("aliyun：连不上 127.0.0.1:"), refused.reason());
    }

    @Test
    void what_passes_by_itself_at_one_provider_outweighs_what_is_wrong_at_the_other() {
        world.aliyun.refuse("isv.SMS_TEMPLATE_ILLEGAL", "");
        world.tencent.refuse("RequestLimitExceeded", "");
        NotSent refused = notSent(both.send(filed()));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertEquals(Duration.ofSeconds(2), refused.earliest());
        assertEquals(
                "aliyun：模板不存在或没有过审 (isv.SMS_TEMPLATE_ILLEGAL)；tencent：问得太快 (RequestLimitExceeded)", refused.reason());
    }

    @Test
    void a_provider_whose_day_is_used_up_is_left_alone_until_the_day_is_over() {
        world.aliyun.refuse("isv.DAY_LIMIT_CONTROL", "");
        await(both.send(filed()));
        await(both.send(filed()));
        assertEquals(List.of(), world.aliyun.taken(), "not asked again");
        assertEquals(2, world.tencent.taken().size());
        assertEquals("2026-03-02T16:00:00Z", both.standing().getJsonObject(0).getString("restsUntil"));
        world.clock.pass(Duration.ofHours(15));
        await(both.send(filed()));
        assertEquals(1, world.aliyun.taken().size());
        assertNull(both.standing().getJsonObject(0).getString("restsUntil"));
        world.clock.pass(Duration.ofHours(-15));
    }

    @Test
    void a_provider_that_failed_five_times_in_a_row_rests_and_then_one_message_tries_it() {
        SmsAccount.Aliyun away = new SmsAccount.Aliyun(world.nobody(), "k", "s", "邻格");
        SmsProviders providers = world.open(away, world.tencentAccount());
        for (int i = 0; i < 7; i++) {
            await(providers.send(code("00000" + i)));
        }
        JsonObject down = providers.standing().getJsonObject(0);
        assertEquals(5, down.getInteger("refused"), "two went past it");
        assertEquals("2026-03-02T01:00:30.123456789Z", down.getString("restsUntil"));
        world.clock.pass(Duration.ofSeconds(30));
        await(providers.send(code("000007")));
        await(providers.send(code("000008")));
        world.clock.pass(Duration.ofSeconds(-30));
        assertEquals(6, providers.standing().getJsonObject(0).getInteger("refused"), "one tried it");
    }

    @Test
    void a_sixth_message_within_an_hour_waits_and_one_that_was_not_sent_is_not_counted() {
        world.aliyun.refuse("isp.SYSTEM_ERROR", "");
        world.tencent.refuse("ResourceUnavailable", "");
        assertEquals(NotSent.Kind.TRY_AGAIN, notSent(both.send(filed())).kind());
        for (int i = 0; i < 5; i++) {
            await(both.send(filed()));
        }
        NotSent refused = notSent(both.send(filed()));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertEquals(Duration.ofHours(1), refused.earliest());
        assertEquals(5, world.aliyun.taken().size() + world.tencent.taken().size());
        // A sign-in code is not held up by notices.
        await(both.send(code("246810")));
    }

    @Test
    void a_message_nobody_knows_of_stays_counted() {
        world.aliyun.next(new Mood.Drop());
        notSent(both.send(filed()));
        for (int i = 0; i < 4; i++) {
            await(both.send(filed()));
        }
        assertEquals(NotSent.Kind.TRY_AGAIN, notSent(both.send(filed())).kind());
    }

    @Test
    void whom_a_provider_wants_to_be_spared_is_spared_the_next_message_without_asking() {
        world.aliyun.refuse("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5");
        notSent(both.send(filed()));
        NotSent refused = notSent(both.send(filed()));
        assertEquals(Duration.ofHours(1), refused.earliest());
        assertEquals(List.of(), world.aliyun.taken());
    }

    @Test
    void a_sign_in_code_goes_out_with_its_own_template_and_no_number_of_ours() {
        await(both.send(code("246810")));
        JsonObject asked = world.aliyun.taken().get(0);
        assertEquals("SMS_1", asked.getString("TemplateCode"));
        assertEquals("{\"code\":\"246810\"}", asked.getString("TemplateParam"));
        assertFalse(asked.containsKey("OutId"));
    }

    static SmsGateway.Message code(String code) {
        return new SmsGateway.Message(
                null, SmsWorld.PHONE, "【邻格】验证码 " + code, "code", new JsonObject().put("code", code));
    }

    @Test
    void a_notice_is_sent_once_and_its_report_says_that_it_arrived() {
        Relay relay = world.relay(both);
        world.put("k");
        await(relay.step());
        JsonObject row = world.delivery("k");
        assertEquals("SENT", row.getString("state"));
        assertEquals("aliyun:900619746936506171^0", row.getString("receipt"));
        assertEquals(row.getLong("id").toString(), world.aliyun.taken().get(0).getString("OutId"));

        await(world.reports.pushed("aliyun", SmsReportsTest.aliyun("900619746936506171^0", true, "DELIVERED")));
        assertEquals("DELIVERED", world.delivery("k").getString("state"));
        assertEquals(0, await(relay.step()));
    }

    @Test
    void a_notice_nobody_knows_of_is_parked_never_sent_twice_and_found_again_by_a_report_that_names_it() {
        Relay relay = world.relay(world.impatient(world.aliyunAccount(), world.tencentAccount()));
        world.put("k");
        world.aliyun.next(new Mood.Hang());
        await(relay.step());
        world.clock.pass(Duration.ofHours(3));
        await(relay.step());
        world.clock.pass(Duration.ofHours(-3));
        JsonObject row = world.delivery("k");
        assertEquals("PARKED", row.getString("state"));
        assertEquals(1, world.aliyun.taken().size());
        assertEquals(0, world.tencent.taken().size());

        String ours = row.getLong("id").toString();
        await(world.reports.pushed("aliyun", SmsReportsTest.aliyun("7^0", ours, "13800000002", true, "DELIVERED")));
        await(world.reports.pushed("aliyun", SmsReportsTest.aliyun("7^0", ours, SmsWorld.PHONE, false, "UNDELIV")));
        assertEquals("PARKED", world.delivery("k").getString("state"), "of another phone, and one that did not arrive");
        await(world.reports.pushed("aliyun", SmsReportsTest.aliyun("7^0", ours, SmsWorld.PHONE, true, "DELIVERED")));
        assertEquals("DELIVERED", world.delivery("k").getString("state"));
        assertEquals("aliyun:7^0", world.delivery("k").getString("receipt"));
    }

    @Test
    void a_number_that_does_not_exist_is_shown_to_staff() {
        world.put("k");
        world.aliyun.refuse("isv.MOBILE_NUMBER_ILLEGAL", "号码不对");
        await(world.relay(both).step());
        assertEquals("PARKED", world.delivery("k").getString("state"));
        Addresses.Address phone = await(world.addresses.find(Addresses.PHONE, SmsWorld.PHONE));
        assertFalse(phone.works());
        assertEquals("aliyun：号码不存在或格式不对 (isv.MOBILE_NUMBER_ILLEGAL)", phone.bounce());
    }

    @Test
    void a_hundred_messages_at_once_all_go_out_once() {
        List<io.vertx.core.Future<?>> all = new java.util.ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(both.send(code(String.valueOf(100_000 + i))));
        }
        await(io.vertx.core.Future.all(all));
        assertEquals(100, world.aliyun.taken().stream().distinct().count());
    }
}
