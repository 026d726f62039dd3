package linge;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** One Vert.x, alone or joined with others through Hazelcast; the cluster carries hints, the database the truth. */
final class Cluster {
    private Cluster() {}

    static Future<Vertx> vertx(Settings settings, VertxBuilder builder, VertxOptions options) {
        if (settings.cluster().isEmpty()) {
            return Future.succeededFuture(builder.with(options).build());
        }
        String host = settings.clusterHost();
        if (host != null) {
            options.getEventBusOptions().setHost(host).setClusterPublicHost(host);
        }
        return builder.with(options)
                .withClusterManager(new HazelcastClusterManager(config(settings)))
                .buildClustered();
    }

    private static Config config(Settings settings) {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName("linge");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        // Members are listed, nobody has to be waited for; small pools and few partitions start faster.
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.partition.count", "31");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(settings.clusterPort()).setPortAutoIncrement(false);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(settings.cluster());
        String host = settings.clusterHost();
        if (host != null) {
            config.getNetworkConfig().setPublicAddress(host);
            config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(host);
        }
        return config;
    }
}
