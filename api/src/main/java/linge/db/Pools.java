package linge.db;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** Connection pools, all made alike. */
public final class Pools {
    private Pools() {}

    /** A pool of {@code size} connections that cache their prepared statements, but for those that want another plan every time. */
    public static Pool of(Vertx vertx, PgConnectOptions options, int size) {
        PgConnectOptions tuned = new PgConnectOptions(options)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith("/* planned anew */"))
                .setReconnectAttempts(2)
                .setReconnectInterval(250)
                .addProperty("application_name", "linge");
        return PgBuilder.pool()
                .with(new PoolOptions()
                        .setMaxSize(size)
                        .setConnectionTimeout(10)
                        .setMaxWaitQueueSize(2000))
                .connectingTo(tuned)
                .using(vertx)
                .build();
    }
}
