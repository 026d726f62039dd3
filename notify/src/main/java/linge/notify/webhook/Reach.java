package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where a webhook may lead: over https to the open internet, and into networks of ours only where a setting names them; there
 * plain http will do as well. Whoever enters a URL could otherwise make this service knock at doors only it can reach.
 */
public final class Reach {

    private static final int LONGEST = 500;

    private final WorkerExecutor workers;
    private final Names names;
    private final List<Network> allowed;

    /** Finds the addresses of a host; blocks. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** A place that may be called: this address, and no other that the name may lead to a moment later. */
    record Place(URI url, InetAddress address) {
        boolean tls() {
            return isHttps(url);
        }

        int port() {
            return url.getPort() >= 0 ? url.getPort() : tls() ? 443 : 80;
        }
    }

    /** Why a URL may not be called, one Chinese sentence without its full stop. */
    public static final class Refused extends IllegalArgumentException {
        Refused(String reason) {
            super(reason);
        }
    }

    public Reach(Vertx vertx, List<Network> allowed) {
        this(vertx, allowed, InetAddress::getAllByName);
    }

    Reach(Vertx vertx, List<Network> allowed, Names names) {
        this.workers = vertx.createSharedWorkerExecutor("webhook-names", 4);
        this.allowed = List.copyOf(allowed);
        this.names = names;
    }

    /** Fails with {@link Refused}, or with {@link UnknownHostException}. Every address of the name has to be allowed. */
    public Future<Void> check(String url) {
        return resolve(url).mapEmpty();
    }

    Future<Place> resolve(String text) {
        URI url;
        try {
            url = parse(text);
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
        String host = url.getHost().replaceAll("^\\[|]$", "");
        return workers.executeBlocking(() -> names.of(host), false).map(addresses -> {
            for (InetAddress address : addresses) {
                require(url, address);
            }
            return new Place(url, addresses[0]);
        });
    }

    /** The shape alone; what the host's name leads to is asked whenever it is called. */
    static URI parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Refused("网址读不懂");
        }
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || isHttps(url);
        if (!web || url.getHost() == null || text.length() > LONGEST) {
            throw new Refused("应为 https:// 开头的网址，不超过 500 个字符");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new Refused("网址里不能有用户名、密码和 # 后面的部分");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw new Refused("网址里的端口不对");
        }
        return url;
    }

    private void require(URI url, InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.holds(address))) {
            return;
        }
        if (Network.SPECIAL.stream().anyMatch(network -> network.holds(address))) {
            throw new Refused("网址指向没有对推送开放的网络（设置 LINGE_WEBHOOK_NETWORKS）：" + address.getHostAddress());
        }
        if (!isHttps(url)) {
            throw new Refused("通往互联网的网址只能是 https://");
        }
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }
}
