package linge.selftest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.unit.TestContext;
import io.vertx.ext.unit.TestSuite;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a deployment must answer, asked over HTTP as anybody could; changes nothing outside demo mode. */
public final class LiveDeployment {

    private static final String DEMO_PHONE = "13900000000";

    /** A service that has just started reads its models for some seconds before it is ready. */
    private static final int SECONDS_TO_GET_READY = 30;

    private final Vertx vertx;
    private final String url;
    private final HttpClient client;

    public LiveDeployment(Vertx vertx, String url) {
        this.vertx = vertx;
        this.url = url.replaceFirst("/+$", "");
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(5000).setIdleTimeout(20));
    }

    /** One answer: its status and body. */
    private record Got(int status, String type, Buffer body) {
        JsonObject json() {
            return body.toJsonObject();
        }
    }

    /** The suite; each test is named by what holds when it passes. */
    public TestSuite suite() {
        return TestSuite.create("linge")
                .test(
                        "health_live_is_up",
                        ctx -> expect(ctx, get("/health/live"), got -> {
                            ctx.assertEquals(200, got.status());
                            ctx.assertEquals("UP", got.json().getString("status"));
                        }))
                .test(
                        "health_ready_says_every_part_is_up",
                        ctx -> expect(ctx, readyWithin(SECONDS_TO_GET_READY), got -> {
                            JsonArray parts = got.json().getJsonArray("parts");
                            ctx.assertEquals(200, got.status(), "not ready: " + parts.encode());
                        }))
                .test(
                        "the_contract_and_its_page_are_served",
                        ctx -> expect(
                                ctx,
                                get("/api/openapi.yaml")
                                        .compose(yaml -> get("/api/docs").map(docs -> {
                                            ctx.assertTrue(
                                                    yaml.body().toString().startsWith("openapi: 3.1"));
                                            return docs;
                                        })),
                                docs -> ctx.assertEquals(200, docs.status())))
                .test(
                        "the_home_and_sign_in_pages_are_served",
                        ctx -> expect(
                                ctx,
                                get("/").compose(home -> get("/sign-in").map(signIn -> {
                                    ctx.assertEquals(200, home.status());
                                    return signIn;
                                })),
                                signIn -> {
                                    ctx.assertEquals(200, signIn.status());
                                    ctx.assertTrue(signIn.body().toString().contains("<div id=\"app\">"));
                                }))
                .test(
                        "a_complaint_is_understood",
                        ctx -> expect(
                                ctx,
                                post("/api/triage", new JsonObject().put("text", "小区门口的路灯坏了，晚上看不见路"), null),
                                got -> {
                                    ctx.assertEquals(200, got.status());
                                    ctx.assertNotNull(got.json().getJsonObject("category"));
                                    ctx.assertEquals("NORMAL", got.json().getString("urgency"));
                                }))
                .test(
                        "an_emergency_names_its_number",
                        ctx -> expect(
                                ctx, post("/api/triage", new JsonObject().put("text", "楼下着火了，有人困在里面"), null), got -> {
                                    ctx.assertEquals("EMERGENCY", got.json().getString("urgency"));
                                    ctx.assertEquals("119", got.json().getString("hotline"));
                                }))
                .test(
                        "a_point_in_the_city_has_its_grid",
                        ctx -> expect(ctx, get("/api/grids/at?lon=113.117&lat=36.195&crs=wgs84"), got -> {
                            ctx.assertEquals(200, got.status());
                            ctx.assertNotNull(got.json().getJsonObject("grid"), "no grid covers the city's centre");
                        }))
                .test(
                        "a_point_far_away_has_none",
                        ctx -> expect(ctx, get("/api/grids/at?lon=116.4&lat=39.9&crs=wgs84"), got -> {
                            ctx.assertNull(got.json().getJsonObject("grid"));
                            ctx.assertNotNull(got.json().getString("refused"));
                        }))
                .test(
                        "bad_input_is_a_problem_in_chinese",
                        ctx -> expect(ctx, post("/api/triage", new JsonObject().put("text", 42), null), got -> {
                            ctx.assertEquals(400, got.status());
                            ctx.assertTrue(got.type().startsWith("application/problem+json"));
                            ctx.assertEquals(
                                    "urn:linge:problem:bad-input", got.json().getString("type"));
                        }))
                .test(
                        "live_pages_are_for_the_signed_in",
                        ctx -> expect(ctx, get("/api/live"), got -> ctx.assertEquals(401, got.status())))
                .test("live_pages_open_in_demo_mode", ctx -> expect(ctx, liveInDemo(), got -> ctx.assertTrue(got)));
    }

    /** Signs in with a code of the local gateway and waits for the stream to open; true at once outside demo mode. */
    private Future<Boolean> liveInDemo() {
        return get("/api/settings").compose(settings -> {
            if (!settings.json().getBoolean("demo")) {
                return Future.succeededFuture(true);
            }
            return post("/api/sms-codes", new JsonObject().put("phone", DEMO_PHONE), null)
                    .compose(sent -> get("/api/demo/messages?phone=" + DEMO_PHONE))
                    .compose(messages -> {
                        String text = messages.json()
                                .getJsonArray("items")
                                .getJsonObject(0)
                                .getString("text");
                        String code = text.replaceAll("^\\D*(\\d{6}).*$", "$1");
                        return post(
                                "/api/sessions",
                                new JsonObject().put("phone", DEMO_PHONE).put("code", code),
                                null);
                    })
                    .compose(session -> opens(session.json().getString("token")));
        });
    }

    private Future<Boolean> opens(String token) {
        RequestOptions options =
                new RequestOptions().setAbsoluteURI(url + "/api/live").putHeader("Authorization", "Bearer " + token);
        return client.request(options).compose(request -> request.send()).compose(response -> {
            io.vertx.core.Promise<Boolean> ready = io.vertx.core.Promise.promise();
            response.handler(bytes -> ready.tryComplete(bytes.toString().contains("event: ready")));
            response.exceptionHandler(ready::tryFail);
            return ready.future()
                    .timeout(10, TimeUnit.SECONDS)
                    .onComplete(done -> response.request().reset());
        });
    }

    /** The answer that says ready, or the last one that did not. */
    private Future<Got> readyWithin(int seconds) {
        return get("/health/ready")
                .compose(got -> got.status() == 200 || seconds == 0
                        ? Future.succeededFuture(got)
                        : vertx.timer(1, TimeUnit.SECONDS).compose(waited -> readyWithin(seconds - 1)));
    }

    private Future<Got> get(String path) {
        return send(HttpMethod.GET, path, null, Map.of("accept", "*/*"));
    }

    private Future<Got> post(String path, JsonObject body, @org.jspecify.annotations.Nullable String token) {
        Map<String, String> headers = token == null
                ? Map.of("content-type", "application/json")
                : Map.of("content-type", "application/json", "Authorization", "Bearer " + token);
        return send(HttpMethod.POST, path, body.toBuffer(), headers);
    }

    private Future<Got> send(
            HttpMethod method,
            String path,
            @org.jspecify.annotations.Nullable Buffer body,
            Map<String, String> headers) {
        RequestOptions options = new RequestOptions().setMethod(method).setAbsoluteURI(url + path);
        headers.forEach(options::putHeader);
        return client.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body()
                        .map(bytes -> new Got(
                                response.statusCode(), String.valueOf(response.getHeader("content-type")), bytes)))
                .timeout(15, TimeUnit.SECONDS);
    }

    private static <T> void expect(TestContext ctx, Future<T> answer, java.util.function.Consumer<T> check) {
        answer.onComplete(ctx.asyncAssertSuccess(check::accept));
    }
}
