package linge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.function.BiFunction;
import linge.db.Migrations;
import linge.db.Pools;
import linge.db.PostgresServer;

/** The database without the service: for commands that run while it stands still, or beside it on a server of your own. */
public final class Offline {
    private Offline() {}

    /** Opens the database, does one thing, closes it. With the embedded server the service must not be running. */
    public static <T> T with(Settings settings, BiFunction<Vertx, Pool, Future<T>> work) {
        String url = settings.dbUrl();
        try (DataFolder folder = DataFolder.lock(settings.data());
                PostgresServer server = url == null ? PostgresServer.embedded(folder.path()) : App.own(url)) {
            Migrations.run(server.jdbcUrl());
            Vertx vertx = Vertx.vertx();
            try {
                Pool db = Pools.of(vertx, server.options(), 5);
                return work.apply(vertx, db).await();
            } finally {
                vertx.close().await();
            }
        }
    }
}
