package linge.notify.push;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where we may push to. A browser tells us its endpoint, so anybody could name any address: only https to a public address by
 * name, and the address that was looked at is the one connected to, so that a name that changes its meaning in between gains
 * nothing.
 */
public final class Endpoints {

    private static final int LONGEST = 1_000;
    private static final int HTTPS = 443;

    private final boolean loopback;

    /** @param loopback whether endpoints on this machine itself are taken, plain http too: for tests */
    public Endpoints(boolean loopback) {
        this.loopback = loopback;
    }

    /**
     * The endpoint as an address, its shape looked at.
     *
     * @throws IllegalArgumentException with the reason
     */
    public URI parse(String endpoint) {
        if (endpoint.length() > LONGEST) {
            throw new IllegalArgumentException("an endpoint has at most " + LONGEST + " characters");
        }
        URI uri = URI.create(endpoint);
        String host = uri.getHost() == null ? null : uri.getHost().toLowerCase(Locale.ROOT);
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("an endpoint has a host, and neither user nor fragment");
        }
        if (onThisMachine(host)) {
            if (loopback) {
                return uri;
            }
            throw new IllegalArgumentException("this machine is no push service");
        }
        if (!"https".equals(uri.getScheme()) || (uri.getPort() != -1 && uri.getPort() != HTTPS)) {
            throw new IllegalArgumentException("a push service is reached by https");
        }
        if (!host.contains(".")
                || host.startsWith("[")
                || host.matches("[0-9.]+|0x.*|.*\\.(local|internal|localhost)")) {
            throw new IllegalArgumentException("a push service has a public name");
        }
        return uri;
    }

    /**
     * The address to connect to. Asks the name service: not on an event loop.
     *
     * @throws UnknownHostException if there is none, or one of them is not public
     */
    InetAddress address(URI endpoint) throws UnknownHostException {
        String host = endpoint.getHost();
        InetAddress[] found = InetAddress.getAllByName(host);
        boolean here = loopback && onThisMachine(host);
        for (InetAddress address : found) {
            if (here ? !address.isLoopbackAddress() : !isPublic(address)) {
                throw new UnknownHostException(host + " is at an address that is not public");
            }
        }
        return found[0];
    }

    private static boolean onThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    /** Whether the whole world can reach it: not this machine, not its network, nothing reserved, nothing that wraps such a one. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] b = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(b) : isPublic6(b);
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        boolean carrier = first == 100 && (second & 0xc0) == 64;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        boolean written = first == 192 && second == 0 && (third == 0 || third == 2)
                || first == 198 && second == 51 && third == 100
                || first == 203 && second == 0 && third == 113;
        return first != 0 && first < 240 && !carrier && !benchmark && !written;
    }

    /** Of the global range 2000::/3 what stands for itself; Teredo, 6to4 and the addresses of documentation do not. */
    private static boolean isPublic6(byte[] b) {
        int first = (b[0] & 0xff) << 8 | b[1] & 0xff;
        int second = (b[2] & 0xff) << 8 | b[3] & 0xff;
        boolean global = (first & 0xe000) == 0x2000;
        boolean special =
                first == 0x2001 && (second < 0x0200 || second == 0x0db8) || first == 0x2002 || first == 0x3fff;
        return global && !special;
    }

    /** For a log line: an endpoint's path is a secret that lets its holder push. */
    static String shown(URI endpoint) {
        return endpoint.getHost();
    }
}
