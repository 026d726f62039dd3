package linge.notify.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CloudEventTest {

    private static final Instant AT = Instant.parse("2026-11-26T03:04:05.678Z");

    @Test
    void the_cloudevents_library_reads_ours() {
        CloudEvent ours = new CloudEvent(
                "261126000017-1",
                "https://linge.example.cn",
                "cn.linge.case.accepted",
                "261126000017",
                AT,
                new JsonObject().put("stateName", "已受理"));
        io.cloudevents.CloudEvent read =
                new JsonFormat().deserialize(ours.toJson().toBuffer().getBytes());
        assertEquals(SpecVersion.V1, read.getSpecVersion());
        assertEquals("261126000017-1", read.getId());
        assertEquals(URI.create("https://linge.example.cn"), read.getSource());
        assertEquals("cn.linge.case.accepted", read.getType());
        assertEquals("261126000017", read.getSubject());
        assertEquals(AT, read.getTime().toInstant());
        assertEquals("application/json", read.getDataContentType());
        assertEquals("已受理", new JsonObject(Buffer.buffer(read.getData().toBytes())).getString("stateName"));
    }

    @Test
    void we_read_the_cloudevents_librarys() {
        io.cloudevents.CloudEvent theirs = CloudEventBuilder.v1()
                .withId("A-1")
                .withSource(URI.create("urn:pingan:shanxi"))
                .withType("cn.pingan.report")
                .withTime(AT.atOffset(ZoneOffset.ofHours(8)))
                .withExtension("traceparent", "00-1-2-00")
                .withData("application/json", "{\"number\":\"PA-1\"}".getBytes(StandardCharsets.UTF_8))
                .build();
        CloudEvent read = CloudEvent.of(new JsonObject(Buffer.buffer(new JsonFormat().serialize(theirs))));
        assertEquals("A-1", read.id());
        assertEquals("cn.pingan.report", read.type());
        assertEquals(AT, read.time());
        assertEquals("PA-1", read.data().getString("number"));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_event_is_refused_by_the_name_of_what_is_wrong() {
        JsonObject good = new CloudEvent("1", "urn:a", "t", "s", AT, new JsonObject()).toJson();
        return Stream.of(
                        Map.entry("specversion", "0.3"),
                        Map.entry("specversion", 1.0),
                        Map.entry("id", ""),
                        Map.entry("id", 7),
                        Map.entry("source", "x".repeat(501)),
                        Map.entry("type", new JsonObject()),
                        Map.entry("subject", 1),
                        Map.entry("time", "yesterday"),
                        Map.entry("datacontenttype", "text/xml"),
                        Map.entry("data", "{}"))
                .map(wrong -> DynamicTest.dynamicTest(wrong.toString(), () -> {
                    JsonObject bent = good.copy().put(wrong.getKey(), wrong.getValue());
                    assertEquals(
                            wrong.getKey(),
                            assertThrows(IllegalArgumentException.class, () -> CloudEvent.of(bent))
                                    .getMessage());
                }));
    }
}
