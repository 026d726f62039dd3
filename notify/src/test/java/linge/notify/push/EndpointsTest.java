package linge.notify.push;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

    private static final Endpoints IN_EARNEST = new Endpoints(false);
    private static final Endpoints IN_A_TEST = new Endpoints(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/abc:def-_1",
                "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
                "https://web.push.apple.com/QGx",
                "https://wns2-pn1p.notify.windows.com/w/?token=BQY%3d",
                "https://push.example.cn:443/1"
            })
    void the_push_services_of_browsers_are_taken(String endpoint) {
        assertEquals(URI.create(endpoint), IN_EARNEST.parse(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://push.example.org/1",
                "https://push.example.org:8443/1",
                "https://push.example.org:22/1",
                "ftp://push.example.org/1",
                "file:///etc/passwd",
                "gopher://push.example.org/1",
                "//push.example.org/1",
                "/1",
                "",
                "mailto:a@example.org",
                "https:///1",
                "https://user:word@push.example.org/1",
                "https://push.example.org/1#2",
                "https://push.example.org/ 1",
                "https://localhost/1",
                "https://LOCALHOST/1",
                "https://127.0.0.1/1",
                "https://127.1/1",
                "https://2130706433/1",
                "https://0x7f.0.0.1/1",
                "https://0177.0.0.1/1",
                "https://10.0.0.1/1",
                "https://192.168.1.1/1",
                "https://8.8.8.8/1",
                "https://[::1]/1",
                "https://[::ffff:127.0.0.1]/1",
                "https://[2001:4860:4860::8888]/1",
                "https://database/1",
                "https://database.local/1",
                "https://metadata.google.internal/1",
                "https://me.localhost/1"
            })
    void everything_else_is_refused(String endpoint) {
        assertThrows(IllegalArgumentException.class, () -> IN_EARNEST.parse(endpoint));
    }

    @Test
    void an_endpoint_without_end_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> IN_EARNEST.parse("https://push.example.org/" + "a".repeat(1_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8081/1", "http://localhost:8081/1", "https://localhost/1"})
    void a_test_may_push_to_its_own_machine_and_only_there(String endpoint) {
        URI uri = IN_A_TEST.parse(endpoint);
        assertDoesNotThrow(() -> assertTrue(IN_A_TEST.address(uri).isLoopbackAddress()));
        assertThrows(IllegalArgumentException.class, () -> IN_A_TEST.parse("http://push.example.org/1"));
        assertThrows(IllegalArgumentException.class, () -> IN_A_TEST.parse("http://192.168.1.1/1"));
    }

    @Test
    void a_name_that_leads_back_here_is_refused_when_it_is_looked_up() {
        // Not by way of parse: as if the name had come to mean another address since.
        assertThrows(UnknownHostException.class, () -> IN_EARNEST.address(URI.create("https://localhost/1")));
        assertThrows(UnknownHostException.class, () -> IN_EARNEST.address(URI.create("https://10.1.2.3/1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.254",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void an_address_not_everybody_can_reach_is_not_public(String address) throws UnknownHostException {
        assertTrue(!Endpoints.isPublic(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.0.1",
                "100.128.0.1",
                "172.32.0.1",
                "198.20.0.1",
                "223.5.5.5",
                "2400:3200::1",
                "2a00::1"
            })
    void an_address_everybody_can_reach_is_public(String address) throws UnknownHostException {
        assertTrue(Endpoints.isPublic(InetAddress.getByName(address)));
    }
}
