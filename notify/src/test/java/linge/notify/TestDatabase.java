package linge.notify;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A database of one's own on a real PostgreSQL: migrated once as a template, cloned for each test class. */
public final class TestDatabase implements AutoCloseable {

    private static final String TEMPLATE = "linge_template";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "linge_test_" + COUNT.incrementAndGet();

    /** Started with the first test class that needs it; zonky stops it when the JVM ends. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                execute(postgres, "CREATE DATABASE " + TEMPLATE);
                Flyway.configure()
                        .dataSource(postgres.getDatabase("postgres", TEMPLATE))
                        .locations("classpath:linge/notify/migrations")
                        .load()
                        .migrate();
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public TestDatabase() {
        execute(Server.POSTGRES, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    }

    private static void execute(EmbeddedPostgres postgres, String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public PgConnectOptions options() {
        return new PgConnectOptions()
                .setHost("localhost")
                .setPort(Server.POSTGRES.getPort())
                .setDatabase(name)
                .setUser("postgres")
                .setCachePreparedStatements(true);
    }

    public Pool pool(Vertx vertx, int size) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(size))
                .connectingTo(options())
                .using(vertx)
                .build();
    }

    @Override
    public void close() {
        execute(Server.POSTGRES, "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
