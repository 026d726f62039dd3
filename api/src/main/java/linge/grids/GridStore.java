package linge.grids;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;

/** Grids and their versions in the database; versions are only ever added. */
final class GridStore {
    /** Rows per round trip when a version is written. */
    private static final int BATCH = 500;

    private static final String VERSION_ON = """
            SELECT id, effective_from, source, demo, imported_by, imported_at
              FROM grid_versions
             WHERE effective_from <= $1
             ORDER BY effective_from DESC, id DESC
             LIMIT 1""";

    private static final String VERSION = """
            SELECT id, effective_from, source, demo, imported_by, imported_at FROM grid_versions WHERE id = $1""";

    private static final String GRIDS = """
            SELECT code, name, kind::text AS kind, use::text AS use, households, outline
              FROM grids WHERE version = $1 ORDER BY code""";

    private static final String GRID = """
            SELECT code, name, kind::text AS kind, use::text AS use, households, outline
              FROM grids WHERE version = $1 AND code = $2""";

    private static final String ADD_VERSION = """
            INSERT INTO grid_versions (effective_from, source, demo, imported_by, imported_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            RETURNING id, effective_from, source, demo, imported_by, imported_at""";

    private static final String ADD_GRIDS = """
            INSERT INTO grids (version, code, name, kind, use, village_code, households, outline)
            SELECT $1, code, name, kind::grid_kind, nullif(use, '')::grid_use, left(code, 12), households, outline
              FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bytea[])
                AS row (code, name, kind, use, households, outline)""";

    private final Pool pool;

    GridStore(Pool pool) {
        this.pool = pool;
    }

    Future<Optional<GridVersion>> versionOn(LocalDate day) {
        return pool.preparedQuery(VERSION_ON).execute(Tuple.of(day)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(version(row));
            }
            return Optional.empty();
        });
    }

    Future<Optional<GridVersion>> version(long id) {
        return pool.preparedQuery(VERSION).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(version(row));
            }
            return Optional.empty();
        });
    }

    /** A version's rows as they came; {@link #grid} reads one, and that is work for a worker thread. */
    Future<List<Row>> rows(long version) {
        return pool.preparedQuery(GRIDS).execute(Tuple.of(version)).map(rows -> {
            var all = new ArrayList<Row>(rows.size());
            rows.forEach(all::add);
            return all;
        });
    }

    Future<Optional<Grid>> grid(long version, String code) {
        return pool.preparedQuery(GRID).execute(Tuple.of(version, code)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(grid(row));
            }
            return Optional.empty();
        });
    }

    /**
     * Adds a version with all its grids, all or nothing.
     *
     * @param version its id is given by the database
     * @return the version as stored; empty when generated ground was there already
     */
    Future<Optional<GridVersion>> add(GridVersion version, List<Grid> grids) {
        return pool.withTransaction(tx -> addVersion(tx, version).compose(added -> {
            if (added.isEmpty()) {
                return Future.succeededFuture(added);
            }
            return addGrids(tx, added.get().id(), grids, 0).map(added);
        }));
    }

    private Future<Optional<GridVersion>> addVersion(SqlClient tx, GridVersion version) {
        Tuple values = Tuple.of(
                version.effectiveFrom(),
                version.source(),
                version.demo(),
                version.importedBy(),
                OffsetDateTime.ofInstant(version.importedAt(), ZoneOffset.UTC));
        return tx.preparedQuery(ADD_VERSION).execute(values).map(rows -> {
            for (Row row : rows) {
                return Optional.of(version(row));
            }
            return Optional.empty();
        });
    }

    Future<Void> addGrids(SqlConnection tx, long version, List<Grid> grids, int from) {
        if (from >= grids.size()) {
            return Future.succeededFuture();
        }
        List<Grid> batch = grids.subList(from, Math.min(grids.size(), from + BATCH));
        var writer = new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN);
        Tuple values = Tuple.tuple()
                .addLong(version)
                .addArrayOfString(batch.stream().map(Grid::code).toArray(String[]::new))
                .addArrayOfString(batch.stream().map(Grid::name).toArray(String[]::new))
                .addArrayOfString(batch.stream().map(g -> g.kind().name()).toArray(String[]::new))
                .addArrayOfString(batch.stream().map(GridStore::use).toArray(String[]::new))
                .addArrayOfInteger(batch.stream().map(Grid::households).toArray(Integer[]::new))
                .addArrayOfBuffer(batch.stream()
                        .map(g -> Buffer.buffer(writer.write(g.outline())))
                        .toArray(Buffer[]::new));
        return tx.preparedQuery(ADD_GRIDS).execute(values).compose(done -> addGrids(tx, version, grids, from + BATCH));
    }

    private static String use(Grid grid) {
        GridUse use = grid.use();
        return use == null ? "" : use.name();
    }

    private static GridVersion version(Row row) {
        return new GridVersion(
                row.getLong("id"),
                row.getLocalDate("effective_from"),
                row.getString("source"),
                row.getBoolean("demo"),
                row.getString("imported_by"),
                row.getOffsetDateTime("imported_at").toInstant());
    }

    /** Reads a row of {@link #rows}. */
    static Grid grid(Row row) {
        try {
            String use = row.getString("use");
            return new Grid(
                    row.getString("code"),
                    row.getString("name"),
                    GridKind.valueOf(row.getString("kind")),
                    use == null ? null : GridUse.valueOf(use),
                    row.getInteger("households"),
                    new WKBReader().read(row.getBuffer("outline").getBytes()));
        } catch (ParseException e) {
            throw new IllegalStateException("the outline of grid " + row.getString("code") + " cannot be read", e);
        }
    }
}
