package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Whoever has to know what became of lines by themselves. */
public interface Watch {

    /** Nobody looks. */
    Watch NOBODY = (tx, off) -> Future.succeededFuture();

    /**
     * A webhook that was switched off by itself.
     *
     * @param claim tells one time from another
     * @param because {@code GONE} or {@code UNREACHABLE}
     */
    record Off(long webhook, long claim, String name, String area, String because) {}

    /** A webhook is switched off, in this transaction. */
    Future<Void> off(SqlConnection tx, Off off);

    /** An event was left out of a line, for somebody to look at. */
    default void leftOut(long webhook) {}
}
