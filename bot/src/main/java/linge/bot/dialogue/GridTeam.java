package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.dialogue.Talk.Ask;
import org.jspecify.annotations.Nullable;

/** Tells who works in the grid where the resident lives. */
final class GridTeam implements Chapter {
    private final Addresses addresses;

    GridTeam(Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void begin(Scene scene, Message message) {
        if (!look(scene, message)) {
            Draft draft = scene.draft();
            if (draft != null && draft.where() != null && draft.placeCode() != null) {
                wish(scene, draft.where(), draft.point());
            } else if (scene.who.homeCode() != null) {
                wish(scene, null, null);
            } else {
                scene.ask(Ask.TEAM_WHERE, "team.where");
            }
        }
    }

    private boolean look(Scene scene, Message message) {
        Where where = message.where();
        if (where.leadsThere()) {
            wish(scene, where.words() == null ? where.name() : where.words(), null);
            return true;
        }
        if (!where.candidates().isEmpty()) {
            scene.ask(Ask.TEAM_WHERE, scene.reply("report.which-place", ReportSteps.places(where.candidates()), null));
            return true;
        }
        if (where.code() != null) {
            scene.ask(Ask.TEAM_WHERE, "team.where-more", "where", addresses.fullName(where.code()));
            return true;
        }
        return false;
    }

    private static void wish(Scene scene, @Nullable String words, Heard.@Nullable Point point) {
        scene.asked = Ask.TEAM_WHERE;
        scene.wish(new Wish.FindTeam(words, point));
    }

    void point(Scene scene, Heard.Point point) {
        wish(scene, null, point);
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        if (scene.asked != Ask.TEAM_WHERE) {
            return false;
        }
        if (look(scene, message)) {
            return true;
        }
        if (message.isNo() || message.isDontKnow() || message.isAny()) {
            scene.done();
            scene.say("team.unknown");
            return true;
        }
        boolean place = message.plain().length() >= 2
                && message.plain().length() <= 30
                && message.confidence() < Message.LIKELY;
        if (place || message.where().saysSomething()) {
            wish(scene, message.told(), null);
            return true;
        }
        return false;
    }

    @Override
    public boolean tap(Scene scene, String id) {
        if (id.startsWith("place:")) {
            wish(scene, addresses.fullName(id.substring(6)), null);
            return true;
        }
        return false;
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.TeamFound team) {
            scene.done();
            found(scene, team);
            return true;
        }
        if (outcome instanceof Outcome.GroundFound ground
                && !ground.candidates().isEmpty()) {
            scene.ask(Ask.TEAM_WHERE, scene.reply("report.which-place", ReportSteps.places(ground.candidates()), null));
            return true;
        }
        if (outcome instanceof Outcome.Refused refused) {
            boolean place = refused.why() == Outcome.Why.PLACE || refused.why() == Outcome.Why.NOT_FOUND;
            if (place) {
                scene.ask(Ask.TEAM_WHERE, "team.not-found");
            } else {
                scene.done();
                scene.say("case.broken");
            }
            return true;
        }
        return false;
    }

    private static void found(Scene scene, Outcome.TeamFound team) {
        String name = team.place() == null ? team.grid() : team.place();
        if (team.members().isEmpty()) {
            scene.say("team.nobody", "grid", name);
            return;
        }
        var people = new ArrayList<String>();
        var members = new ArrayList<Map<String, Object>>();
        for (Outcome.Member member : team.members()) {
            people.add(scene.text(
                            "team.member",
                            "role",
                            member.role(),
                            "name",
                            member.name(),
                            "phone",
                            member.phone() == null ? "" : member.phone())
                    .strip());
            var entry = new LinkedHashMap<String, Object>();
            entry.put("role", member.role());
            entry.put("name", member.name());
            if (member.phone() != null) {
                entry.put("phone", member.phone());
            }
            members.add(entry);
        }
        var card = new LinkedHashMap<String, Object>();
        card.put("grid", team.grid());
        if (team.place() != null) {
            card.put("place", team.place());
        }
        card.put("demo", team.demo());
        card.put("members", members);
        scene.say(scene.reply(
                team.demo() ? "team.found-demo" : "team.found",
                List.of(),
                new Reply.Card(Reply.Kind.TEAM, card),
                "grid",
                name,
                "people",
                String.join("；", people.subList(0, Math.min(3, people.size())))));
    }

    @Override
    public void resume(Scene scene) {
        scene.ask(Ask.TEAM_WHERE, "team.where");
    }
}
