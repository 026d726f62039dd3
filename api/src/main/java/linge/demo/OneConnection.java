package linge.demo;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** A connection that stands for a whole pool: whatever asks for a transaction of its own takes part in the one under way. */
record OneConnection(SqlConnection connection) implements Pool {

    @Override
    public Future<SqlConnection> getConnection() {
        return Future.failedFuture(new IllegalStateException("this connection is not given away"));
    }

    @Override
    public <T> Future<T> withTransaction(Function<SqlConnection, Future<T>> work) {
        return work.apply(connection);
    }

    @Override
    public <T> Future<T> withConnection(Function<SqlConnection, Future<T>> work) {
        return work.apply(connection);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        return connection.query(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        return connection.preparedQuery(sql);
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return connection.preparedQuery(sql, options);
    }

    @Override
    public int size() {
        return 1;
    }

    /** The connection belongs to whoever began the transaction. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
