package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.staff.Posts;
import org.jspecify.annotations.Nullable;

/** As whom somebody acts on a case: in their own post where that is enough, else in one they stand in for today. */
final class Hats {

    private final Posts posts;

    Hats(Posts posts) {
        this.posts = posts;
    }

    /** Their own first, then the posts they stand in for. */
    Future<List<Actor>> of(SqlClient on, Caller caller) {
        Actor own = Actor.of(caller);
        if (!(caller instanceof Caller.Staff who)) {
            return Future.succeededFuture(List.of(own));
        }
        return posts.actings(on, who).map(actings -> {
            List<Actor> hats = new ArrayList<>(List.of(own));
            actings.forEach(acting -> hats.add(new Actor.Staff(acting.as(), acting.actingFor())));
            return hats;
        });
    }

    /** As whom they make this move. Who may not make it hears why as themselves; fails with {@code NOT_FOUND} for who may not see it. */
    Future<Actor> making(SqlClient on, Case c, Move move, Caller caller) {
        if (CasePolicy.maySee(caller, c) && CasePolicy.mayMake(Actor.of(caller), move, c)) {
            return Future.succeededFuture(Actor.of(caller));
        }
        return of(on, caller).map(hats -> {
            List<Actor> seeing = seeing(hats, c);
            return seeing.stream()
                    .filter(hat -> CasePolicy.mayMake(hat, move, c))
                    .findFirst()
                    .orElseGet(() -> seeing.stream().findFirst().orElseThrow(() -> Refusal.notFound("这件诉求")));
        });
    }

    /** Whether they see it, in their own post or in another's. */
    Future<Boolean> see(SqlClient on, Case c, Caller caller) {
        if (CasePolicy.maySee(caller, c)) {
            return Future.succeededFuture(true);
        }
        return caller instanceof Caller.Staff
                ? of(on, caller).map(hats -> !seeing(hats, c).isEmpty())
                : Future.succeededFuture(false);
    }

    /** The posts of these hats. */
    static List<Caller.Staff> posts(List<Actor> hats) {
        return hats.stream()
                .filter(Actor.Staff.class::isInstance)
                .map(hat -> ((Actor.Staff) hat).who())
                .toList();
    }

    /**
     * For whom a case is on somebody's list, e.g. 代网格长王芳: whose desk it lies on, else who sees it. Null when they have it in
     * their own post.
     */
    static @Nullable String actingFor(List<Actor> hats, Case c) {
        return hats.stream()
                .filter(hat -> hat instanceof Actor.Staff staff
                        && CasePolicy.holds(staff.who(), c.now().holder()))
                .findFirst()
                .or(() -> seeing(hats, c).stream().findFirst())
                .map(hat -> hat instanceof Actor.Staff staff ? staff.actingFor() : null)
                .orElse(null);
    }

    static List<Actor> seeing(List<Actor> hats, Case c) {
        return hats.stream().filter(hat -> CasePolicy.maySee(hat.caller(), c)).toList();
    }
}
