package linge.notices;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.Templates;
import linge.notify.sms.TemplateBook;
import org.jspecify.annotations.Nullable;

/** How residents want to be told, and the desk of those who see to it that notices arrive. */
public final class NoticesApi {

    private static final int PAGE = 50;

    /**
     * What it stands on.
     *
     * @param channels the names of those this service sends over, the inbox first, then in the order of the ladder
     * @param platforms those that carry only registered templates, by the names that {@code template_map} knows them by
     * @param book every way in which SMS are said, each a template of its own with such platforms
     * @param account the WeChat account, or null where there is none
     * @param circuits by channel, what its providers' breakers say now: name → CLOSED, OPEN or HALF_OPEN
     * @param signature before every SMS, without the brackets
     */
    public record Ground(
            Pool db,
            Clock clock,
            Templates templates,
            List<String> channels,
            List<String> platforms,
            TemplateBook book,
            @Nullable OfficialAccount account,
            Map<String, Supplier<Map<String, String>>> circuits,
            String signature) {}

    private final MyNotices mine;
    private final Desk desk;
    private final Repairs repairs;
    private final Mappings mappings;
    private final Answers answers;
    private final Actions actions;

    public NoticesApi(Ground on) {
        this.actions = new Actions(on.db(), on.clock());
        this.mine = new MyNotices(on);
        this.desk = new Desk(on);
        this.repairs = new Repairs(on, actions);
        this.mappings = new Mappings(on, actions);
        this.answers = new Answers(on, actions);
    }

    public void mount(Contract contract) {
        mine.mount(contract);
        desk.mount(contract);
        repairs.mount(contract);
        mappings.mount(contract);
        answers.mount(contract);
        contract.on("listNoticeActions", this::actions);
    }

    private Future<Answer> actions(Call call) {
        NoticePolicy.operates(call);
        String before = call.query("before");
        return actions.page(before == null ? null : Long.valueOf(before), call.integer("limit", PAGE))
                .map(Answer::ok);
    }
}
