package linge.notify.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReachTest {

    private static final Vertx VERTX = Vertx.vertx();

    /** Names as a hostile name server would answer; literals as they are. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "good.example", List.of("93.184.216.34", "2606:2800:220:1::1"),
            "inside.example", List.of("10.1.2.3"),
            "both.example", List.of("93.184.216.34", "127.0.0.1"),
            "meta.example", List.of("169.254.169.254"));

    private static final Reach CLOSED = new Reach(VERTX, List.of(), ReachTest::addresses);
    private static final Reach OPEN =
            new Reach(VERTX, List.of(Network.parse("127.0.0.0/8"), Network.parse("10.1.0.0/16")), ReachTest::addresses);

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @TestFactory
    Stream<DynamicTest> nobody_is_led_to_where_only_we_can_go() {
        return Stream.of(
                        "https://127.0.0.1/",
                        "https://127.1/",
                        "https://2130706433/",
                        "https://0x7f.0.0.1/",
                        "https://0.0.0.0/",
                        "https://localhost/",
                        "https://[::1]/",
                        "https://[::]/",
                        "https://[::ffff:127.0.0.1]/",
                        "https://[::ffff:10.0.0.1]/",
                        "https://[::127.0.0.1]/",
                        "https://[64:ff9b::7f00:1]/",
                        "https://[2002:7f00:1::]/",
                        "https://[fe80::1]/",
                        "https://[fd12:3456::1]/",
                        "https://[fec0::1]/",
                        "https://10.0.0.1/",
                        "https://172.16.0.1/",
                        "https://172.31.255.255/",
                        "https://192.168.1.1/",
                        "https://100.64.0.1/",
                        "https://169.254.169.254/latest/meta-data/",
                        "https://198.18.0.1/",
                        "https://224.0.0.1/",
                        "https://255.255.255.255/",
                        "https://inside.example/",
                        "https://both.example/",
                        "https://meta.example/")
                .map(url -> DynamicTest.dynamicTest(
                        url,
                        () -> assertThrows(
                                Exception.class, () -> CLOSED.check(url).await())));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_plain_web_address_is_refused() {
        return Stream.of(
                        "",
                        "good.example",
                        "//good.example/",
                        "ftp://good.example/",
                        "file:///etc/passwd",
                        "gopher://good.example/",
                        "https:///hear",
                        "https://user:word@good.example/",
                        "https://good.example/#part",
                        "https://good.example:0/",
                        "https://good.example:65536/",
                        "https://good.example/\r\nX: y",
                        "https://good .example/",
                        "https://good.example/" + "x".repeat(500),
                        "http://good.example/")
                .map(url -> DynamicTest.dynamicTest(
                        "<" + url + ">",
                        () -> assertThrows(
                                Reach.Refused.class, () -> OPEN.check(url).await())));
    }

    @Test
    void the_open_internet_is_reached_over_https_and_the_address_looked_at_is_the_one_called() {
        Reach.Place place = CLOSED.resolve("https://good.example:8443/hear?x=1").await();
        assertEquals("93.184.216.34", place.address().getHostAddress());
        assertEquals(8443, place.port());
        assertEquals(443, CLOSED.resolve("https://good.example/").await().port());
    }

    @Test
    void networks_that_a_setting_names_are_open_also_without_tls() {
        assertDoesNotThrow(() -> OPEN.check("http://127.0.0.1:9/").await());
        assertDoesNotThrow(() -> OPEN.check("https://inside.example/").await());
        assertThrows(Reach.Refused.class, () -> OPEN.check("http://10.2.0.1/").await());
        assertThrows(Reach.Refused.class, () -> OPEN.check("https://[::1]/").await());
    }

    @TestFactory
    Stream<DynamicTest> a_network_is_an_address_and_a_length() {
        return Stream.of("", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "localhost", "::1/129", "10.0.0.0/8/8", "a::g")
                .map(text -> DynamicTest.dynamicTest(
                        "<" + text + ">",
                        () -> assertThrows(IllegalArgumentException.class, () -> Network.parse(text))));
    }

    @Test
    void a_network_holds_its_addresses_bit_by_bit() throws UnknownHostException {
        Network twelve = Network.parse("172.16.0.0/12");
        assertEquals(true, twelve.holds(InetAddress.getByName("172.31.255.255")));
        assertEquals(false, twelve.holds(InetAddress.getByName("172.32.0.0")));
        assertEquals(true, Network.parse("0.0.0.0/0").holds(InetAddress.getByName("8.8.8.8")));
        assertEquals(false, Network.parse("0.0.0.0/0").holds(InetAddress.getByName("::1")));
        assertEquals(true, Network.parse("10.0.0.1").holds(InetAddress.getByName("10.0.0.1")));
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        List<String> known = NAMES.get(host);
        if (known == null) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] found = new InetAddress[known.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(known.get(i));
        }
        return found;
    }
}
