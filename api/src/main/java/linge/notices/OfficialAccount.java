package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/** What the desk shows and does about the WeChat account beside its channels. */
public interface OfficialAccount {

    /** What WeChat refuses it as a whole: {@code [{"path","code","words","since","last","times"}]}. */
    Future<JsonArray> troubles();

    /** How many answers stopped on their way. */
    Future<Long> stopped();

    /** Those answers, the newest first, as schema {@code StoppedAnswer}, and where the next page begins. */
    Future<JsonObject> stopped(@Nullable Long before, int limit);

    /** False when it does not wait there any more. */
    Future<Boolean> sendAgain(SqlConnection tx, long id);

    /** False when it does not wait there any more. */
    Future<Boolean> drop(SqlConnection tx, long id);
}
