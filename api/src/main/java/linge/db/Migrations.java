package linge.db;

import org.flywaydb.core.Flyway;

/** Forward-only migrations, named by intent: notify's come before api's. */
public final class Migrations {
    private Migrations() {}

    /** Brings a database to this version; blocks. Several nodes may call it at once: Flyway takes a lock. */
    public static void run(String jdbcUrl) {
        Flyway.configure()
                .dataSource(jdbcUrl, null, null)
                .locations("classpath:linge/notify/migrations", "classpath:linge/migrations")
                .validateMigrationNaming(true)
                // Parts of the service number their own: a later version may bring a lower number.
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
