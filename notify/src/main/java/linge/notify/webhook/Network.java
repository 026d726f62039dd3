package linge.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A range of addresses, e.g. {@code 10.12.0.0/16} or {@code fd00::/8}. */
public record Network(InetAddress base, int bits) {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * What is no place on the open internet: this machine, its own network, the networks of an intranet or a provider, what is
     * reserved, and what only wraps an IPv4 address. (IANA's special-purpose registries; RFC 6890.)
     */
    static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/8",
                    "64:ff9b::/32",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Network::parse)
            .toList();

    /** @throws IllegalArgumentException for anything but an address, alone or with the length of its prefix */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(literal).matches() || literal.indexOf(':') < 0 && literal.split("\\.", -1).length != 4) {
            throw new IllegalArgumentException("no network: " + text);
        }
        InetAddress base;
        int bits;
        try {
            base = InetAddress.getByName(literal);
            bits = slash < 0 ? base.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1));
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("no network: " + text, e);
        }
        if (bits < 0 || bits > base.getAddress().length * 8) {
            throw new IllegalArgumentException("no network: " + text);
        }
        return new Network(base, bits);
    }

    /** An IPv4 address lies in IPv4 networks only; Java unwraps {@code ::ffff:127.0.0.1} by itself. */
    public boolean holds(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        int mask = 0xff << (8 - rest) & 0xff;
        return rest == 0 || (ours[whole] & mask) == (theirs[whole] & mask);
    }

    @Override
    public String toString() {
        return base.getHostAddress() + "/" + bits;
    }
}
