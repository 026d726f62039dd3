package linge.db;

import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL server: real binaries run from the data folder, or your own by URL. */
public final class PostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    private final String jdbcUrl;
    private final PgConnectOptions options;
    private final @Nullable EmbeddedPostgres embedded;

    private PostgresServer(String jdbcUrl, PgConnectOptions options, @Nullable EmbeddedPostgres embedded) {
        this.jdbcUrl = jdbcUrl;
        this.options = options;
        this.embedded = embedded;
    }

    /**
     * Starts the embedded server on data kept in {@code folder/postgres}; blocks for 0.5 to 3 seconds. The caller holds
     * the folder's lock, so a server still running on it is the orphan of a killed Linge and is stopped first.
     *
     * @throws UncheckedIOException when the server does not start
     */
    public static PostgresServer embedded(Path folder) {
        Path data = folder.resolve("postgres");
        stopOrphan(data);
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(folder.resolve("postgres-bin").toFile())
                    // The library is made for tests and turns these off; a complaint once answered must be on disk.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("timezone", "UTC")
                    // We stop it ourselves, after the last request was answered.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("postgres.log").toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("postgres.log").toFile()))
                    .start();
            PgConnectOptions options = new PgConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(server.getPort())
                    .setUser("postgres")
                    .setDatabase("postgres");
            return new PostgresServer(
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres", options, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Your own server, e.g. {@code postgresql://user:password@host:5432/database}.
     *
     * @throws IllegalArgumentException when the URL is malformed, in one Chinese sentence
     * @throws SQLException when nobody answers there or the sign-in is refused
     */
    public static PostgresServer at(String url) throws SQLException {
        URI uri = parse(url);
        String host = uri.getHost().replace("[", "").replace("]", "");
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        String database = uri.getPath().substring(1);
        PgConnectOptions options =
                new PgConnectOptions().setHost(host).setPort(port).setDatabase(database);
        Properties signIn = new Properties();
        String who = uri.getRawUserInfo();
        if (who != null) {
            String[] parts = who.split(":", 2);
            options.setUser(decode(parts[0]));
            signIn.setProperty("user", decode(parts[0]));
            if (parts.length == 2) {
                options.setPassword(decode(parts[1]));
                signIn.setProperty("password", decode(parts[1]));
            }
        }
        signIn.setProperty("connectTimeout", "10");
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://" + uri.getHost() + ":" + port + "/" + database);
        try (Connection tried = DriverManager.getConnection(jdbc.toString(), signIn)) {
            tried.isValid(5);
        }
        char joint = '?';
        for (String name : signIn.stringPropertyNames()) {
            jdbc.append(joint)
                    .append(name)
                    .append('=')
                    .append(java.net.URLEncoder.encode(signIn.getProperty(name), StandardCharsets.UTF_8));
            joint = '&';
        }
        return new PostgresServer(jdbc.toString(), options, null);
    }

    /** Checks a URL's form without connecting. */
    public static URI parse(String url) {
        try {
            URI uri = URI.create(url.startsWith("jdbc:") ? url.substring(5) : url);
            boolean named = uri.getPath() != null && uri.getPath().length() > 1;
            boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (scheme && uri.getHost() != null && named) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            log.debug("not a URL");
        }
        throw new IllegalArgumentException("应形如 postgresql://用户:密码@主机:5432/数据库");
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    public PgConnectOptions options() {
        return new PgConnectOptions(options);
    }

    /** Stops the embedded server; your own goes on. */
    @Override
    public void close() {
        if (embedded != null) {
            try {
                embedded.close();
            } catch (IOException e) {
                log.warn("PostgreSQL did not stop cleanly", e);
            }
        }
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Fast shutdown of a server left behind by {@code kill -9}: its pid stands in the first line of postmaster.pid. */
    private static void stopOrphan(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(pidFile);
            long pid = Long.parseLong(lines.get(0).trim());
            ProcessHandle orphan =
                    ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
            boolean ours = orphan != null
                    && orphan.info().command().map(c -> c.contains("postgres")).orElse(true);
            if (orphan == null || !ours) {
                Files.deleteIfExists(pidFile);
                return;
            }
            log.info("stopping the PostgreSQL server that a killed Linge left behind (pid {})", pid);
            // SIGTERM waits for sessions to end, and theirs ended with their owner; SIGKILL is safe too, just slower.
            orphan.destroy();
            try {
                orphan.onExit().get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException slow) {
                orphan.destroyForcibly();
                orphan.onExit().get(10, TimeUnit.SECONDS);
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException | java.util.concurrent.ExecutionException e) {
            log.warn("could not read {}", pidFile, e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("上一次留下的 PostgreSQL 进程没有停下", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
