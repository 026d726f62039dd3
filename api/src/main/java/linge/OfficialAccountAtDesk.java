package linge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import linge.notices.OfficialAccount;
import linge.notify.wechat.Troubles;
import linge.wechat.StoppedAnswers;
import org.jspecify.annotations.Nullable;

/** The WeChat account as the operators' desk sees it. */
record OfficialAccountAtDesk(Troubles all, StoppedAnswers answers) implements OfficialAccount {

    @Override
    public Future<JsonArray> troubles() {
        return all.lately();
    }

    @Override
    public Future<Long> stopped() {
        return answers.count();
    }

    @Override
    public Future<JsonObject> stopped(@Nullable Long before, int limit) {
        return answers.page(before, limit);
    }

    @Override
    public Future<Boolean> sendAgain(SqlConnection tx, long id) {
        return answers.sendAgain(tx, id);
    }

    @Override
    public Future<Boolean> drop(SqlConnection tx, long id) {
        return answers.drop(tx, id);
    }
}
