package linge.notify.sms;

import static linge.notify.sms.SmsWorld.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Our signatures against answers that others gave: the vendors' documents, and what their own SDKs sent. */
class SignaturesTest {

    private static final Vertx VERTX = Vertx.vertx();
    /** Kept: one that nobody holds is closed when it is collected, and answers nothing. */
    private static final HttpClient HTTP = VERTX.createHttpClient();

    /** A request of dysmsapi20170525 4.1.2, as it came out of the wire. */
    private static final String SDK_NONCE = "281cf9f6978a8a8697d4f8cc5bb83805";

    private static final String SDK_HOST = "127.0.0.1:33743";
    private static final String SDK_DATE = "2026-11-26T11:20:12Z";
    private static final String SDK_QUERY =
            "TemplateCode=SMS_1&PhoneNumbers=13800000001&OutId=42&TemplateParam=%7B%22number%22%3A%22CZ+26%7E*%2B-_.%22%7D"
                    + "&SignName=%E9%82%BB%E6%A0%BC";
    private static final String SDK_AUTHORIZATION =
            "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
                    + "x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                    + "Signature=6d30e36597cb258aa5f3ec777247dbeefb36b637988cc540f069380c9588ebf4";

    /** A request of tencentcloud-sdk-java-sms 3.1.1281; it takes the name of the service from the host. */
    private static final String SDK_BODY =
            "{\"PhoneNumberSet\":[\"+8613800000001\"],\"SmsSdkAppId\":\"1400006666\",\"TemplateId\":\"1110\","
                    + "\"SignName\":\"邻格\",\"TemplateParamSet\":[\"路灯\"],\"SessionContext\":\"42\"}";

    private static final String SDK_TC3 =
            "TC3-HMAC-SHA256 Credential=AKIDtest/2026-11-26/127/tc3_request, SignedHeaders=content-type;host, "
                    + "Signature=817f753db0a8f1c256b321fe1938308cd4c52d308bcc4e25a180e287d816b20a";

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @Test
    void the_example_in_alibaba_clouds_documents_is_signed_as_they_sign_it() {
        SortedMap<String, String> query = new TreeMap<>(
                Map.of("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId", "cn-shanghai"));
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26"));
        assertEquals(
                "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
                        + "x-acs-date;x-acs-signature-nonce;x-acs-version,"
                        + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
                AliyunSignature.authorization("YourAccessKeyId", "YourAccessKeySecret", query, headers));
    }

    @Test
    void a_message_is_signed_as_alibaba_clouds_own_library_signs_it() {
        SortedMap<String, String> query = new TreeMap<>(Map.of(
                "TemplateCode", "SMS_1",
                "PhoneNumbers", "13800000001",
                "OutId", "42",
                "TemplateParam", "{\"number\":\"CZ 26~*+-_.\"}",
                "SignName", "邻格"));
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host",
                SDK_HOST,
                "x-acs-action",
                "SendSms",
                "x-acs-content-sha256",
                AliyunSignature.NO_BODY,
                "x-acs-credentials-provider",
                "static_ak",
                "x-acs-date",
                SDK_DATE,
                "x-acs-signature-nonce",
                SDK_NONCE,
                "x-acs-version",
                "2017-05-25"));
        assertEquals(SDK_AUTHORIZATION, AliyunSignature.authorization("testid", "testsecret", query, headers));
    }

    @Test
    void the_example_in_tencent_clouds_documents_is_signed_as_they_sign_it() {
        String body =
                "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\": \"instance-name\"}]}";
        assertEquals(
                "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
                        + "SignedHeaders=content-type;host, "
                        + "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
                TencentSignature.authorization(
                        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
                        "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
                        "cvm",
                        "cvm.tencentcloudapi.com",
                        body,
                        Instant.ofEpochSecond(1551113065)));
    }

    @Test
    void a_message_is_signed_as_tencent_clouds_own_library_signs_it() {
        assertEquals(
                SDK_TC3,
                TencentSignature.authorization(
                        "AKIDtest", "testsecret", "127", SDK_HOST, SDK_BODY, Instant.ofEpochSecond(1795692013)));
    }

    @Test
    void alibaba_clouds_test_platform_takes_what_their_library_sent_and_nothing_changed_in_it() {
        InstantSource then = InstantSource.fixed(Instant.parse(SDK_DATE));
        AliyunPlatform platform = await(AliyunPlatform.start(VERTX, then));
        Map<String, String> headers = Map.of(
                "host",
                SDK_HOST,
                "authorization",
                SDK_AUTHORIZATION,
                "x-acs-action",
                "SendSms",
                "x-acs-version",
                "2017-05-25",
                "x-acs-date",
                SDK_DATE,
                "x-acs-signature-nonce",
                SDK_NONCE,
                "x-acs-credentials-provider",
                "static_ak",
                "x-acs-content-sha256",
                AliyunSignature.NO_BODY);
        String target = "/?" + SDK_QUERY;
        for (String changed : List.of(
                target.replace("13800000001", "13800000002"),
                target.replace("OutId=42", "OutId=43"),
                "/x?" + SDK_QUERY)) {
            await(post(platform.url(), changed, headers, ""));
        }
        await(post(platform.url(), target, headers, ""));
        assertEquals(
                List.of("signature of something else", "signature of something else", "signature of something else"),
                platform.forged());
        assertEquals(1, platform.taken().size());
        assertEquals("{\"number\":\"CZ 26~*+-_.\"}", platform.taken().get(0).getString("TemplateParam"));
    }

    @Test
    void tencent_clouds_test_platform_takes_what_their_library_sent_and_nothing_changed_in_it() {
        InstantSource then = InstantSource.fixed(Instant.ofEpochSecond(1795692013));
        TencentPlatform platform = await(TencentPlatform.start(VERTX, then));
        Map<String, String> headers = Map.of(
                "host", SDK_HOST,
                "authorization", SDK_TC3,
                "content-type", "application/json; charset=utf-8",
                "x-tc-action", "SendSms",
                "x-tc-version", "2021-01-11",
                "x-tc-region", "ap-guangzhou",
                "x-tc-timestamp", "1795692013");
        await(post(platform.url(), "/", headers, SDK_BODY.replace("13800000001", "13800000002")));
        await(post(platform.url(), "/", headers, SDK_BODY));
        assertEquals(List.of("signature of something else"), platform.forged());
        assertEquals(1, platform.taken().size());
        assertTrue(platform.taken().get(0).getJsonArray("TemplateParamSet").contains("路灯"));
    }

    private static Future<Integer> post(URI to, String target, Map<String, String> headers, String body) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(to + target);
        headers.forEach(options::putHeader);
        return HTTP.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(response.statusCode()));
    }
}
