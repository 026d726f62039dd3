package linge.db;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of one's own per test class: real PostgreSQL, migrated once as a template, cloned in milliseconds. */
public final class TestDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    public static TestDatabase fresh() {
        return cloneOf("migrated");
    }

    /** Another database with all that this one holds; nobody may be connected to this one meanwhile. */
    public TestDatabase copy() {
        return cloneOf(name);
    }

    private static TestDatabase cloneOf(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return new TestDatabase(name);
    }

    /** Takes the database away from under whoever uses it. */
    public void drop() {
        execute("DROP DATABASE " + name + " WITH (FORCE)");
    }

    public PgConnectOptions options() {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(SERVER.getPort())
                .setUser("postgres")
                .setDatabase(name);
    }

    public Pool pool(Vertx vertx) {
        return Pools.of(vertx, options(), 8);
    }

    /** For a process of its own, e.g. one started on {@code linge.jar}. */
    public String url() {
        return "postgresql://postgres@127.0.0.1:" + SERVER.getPort() + "/" + name;
    }

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .start();
            try (Connection on = server.getPostgresDatabase().getConnection();
                    Statement statement = on.createStatement()) {
                statement.execute("CREATE DATABASE migrated");
            }
            Migrations.run(server.getJdbcUrl("postgres", "migrated"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) {
        try (Connection on = SERVER.getPostgresDatabase().getConnection();
                Statement statement = on.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
