package linge.bot.dialogue;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.knowledge.Eligibility;
import linge.bot.knowledge.Hardship;

/** Every topic, and how a talk moves between them: begun, tapped, shown something, taken up again. */
final class Chapters {
    private final Reader reader;
    private final ReportProblem report;
    private final Supplement supplement = new Supplement();
    private final Rate rate = new Rate();
    private final AskLaw law;
    private final GridTeam team;
    private final Mediation mediation;
    private final HandOver handOver = new HandOver();
    private final Map<Topic, Chapter> chapters = new EnumMap<>(Topic.class);

    Chapters(Reader reader, Facts facts, Hotlines hotlines, Hardship hardship) {
        this.reader = reader;
        this.report = new ReportProblem(reader);
        this.law = new AskLaw(reader);
        this.team = new GridTeam(reader.addresses());
        this.mediation = new Mediation(report, facts);
        chapters.put(Topic.REPORT, report);
        chapters.put(Topic.PROGRESS, new AskProgress());
        chapters.put(Topic.URGE, new Urge());
        chapters.put(Topic.SUPPLEMENT, supplement);
        chapters.put(Topic.WITHDRAW, new Withdraw());
        chapters.put(Topic.RATE, rate);
        chapters.put(Topic.TEAM, team);
        chapters.put(Topic.LAW, law);
        chapters.put(Topic.AID, new LegalAid(new Eligibility(hardship)));
        chapters.put(Topic.MEDIATION, mediation);
        chapters.put(Topic.HOTLINES, hotlines);
        chapters.put(Topic.PERSON, handOver);
    }

    HandOver handOver() {
        return handOver;
    }

    Chapter chapter(Scene scene) {
        Chapter chapter = chapters.get(scene.topic);
        return chapter == null ? report : chapter;
    }

    /** The open question once more, after a word in between. */
    void remind(Scene scene) {
        if (scene.asked != null && scene.topic != Topic.NONE) {
            chapter(scene).resume(scene);
        } else if (!scene.hasSaid()) {
            SmallTalk.greet(scene);
        }
    }

    boolean start(Scene scene, Topic topic, Message message) {
        scene.turnTo(topic);
        Chapter chapter = chapters.get(topic);
        if (chapter == null) {
            return false;
        }
        chapter.begin(scene, message);
        return true;
    }

    static Topic topic(Intent intent) {
        return switch (intent) {
            case PROGRESS -> Topic.PROGRESS;
            case URGE -> Topic.URGE;
            case SUPPLEMENT -> Topic.SUPPLEMENT;
            case WITHDRAW -> Topic.WITHDRAW;
            case RATE -> Topic.RATE;
            case TEAM -> Topic.TEAM;
            case LAW -> Topic.LAW;
            case AID -> Topic.AID;
            case MEDIATION -> Topic.MEDIATION;
            case HOTLINES -> Topic.HOTLINES;
            case PERSON -> Topic.PERSON;
            default -> Topic.REPORT;
        };
    }

    /** Takes up what was left, and whatever else was said: 接着报吧，我住常青小区. */
    void resume(Scene scene, Message message) {
        report.alsoTold(scene, message);
        resume(scene);
    }

    private void resume(Scene scene) {
        if (scene.asked != null && scene.topic != Topic.NONE) {
            chapter(scene).resume(scene);
        } else if (!scene.paused.isEmpty()) {
            scene.topic = scene.paused.remove(0);
            chapter(scene).resume(scene);
        } else if (scene.draft() != null) {
            scene.topic = Topic.REPORT;
            report.resume(scene);
        } else {
            scene.say("back.nothing");
        }
    }

    void cancel(Scene scene) {
        boolean open = scene.topic != Topic.NONE && scene.asked != null;
        if (open && scene.topic == Topic.REPORT) {
            report.tap(scene, "drop");
        } else if (open) {
            scene.done();
            scene.say("case.left");
        } else {
            scene.say("small.bye");
        }
    }

    boolean tap(Scene scene, String id) {
        if (scene.topic != Topic.NONE && scene.asked != null && chapter(scene).tap(scene, id)) {
            return true;
        }
        Message nothing = reader.read("", null);
        switch (id) {
            case "person" -> handOver.to(scene, "ASKED");
            case "law" -> {
                scene.turnTo(Topic.LAW);
                if (scene.filed != null) {
                    law.about(scene, scene.filed.what());
                } else {
                    law.begin(scene, nothing);
                }
            }
            case "mediate" -> {
                scene.turnTo(Topic.MEDIATION);
                mediation.about(scene, null);
            }
            case "report-it" -> {
                String told = scene.lineBefore();
                return start(scene, Topic.REPORT, told == null ? nothing : reader.read(told, scene.who.homeCode()));
            }
            case "another" -> {
                scene.filed = null;
                return start(scene, Topic.REPORT, nothing);
            }
            case "reopen" -> {
                scene.turnTo(Topic.RATE);
                rate.reopen(scene);
            }
            case "urge", "supplement", "withdraw", "rate", "progress" -> {
                return start(scene, Topic.valueOf(id.toUpperCase(Locale.ROOT)), nothing);
            }
            case "bye" -> scene.say("small.bye");
            default -> {
                if (id.startsWith("case:")) {
                    scene.turnTo(Topic.PROGRESS);
                    return chapter(scene).tap(scene, id);
                }
                if (id.startsWith("topic:")) {
                    return topicTap(scene, id.substring(6), nothing);
                }
                return false;
            }
        }
        return true;
    }

    private boolean topicTap(Scene scene, String name, Message nothing) {
        for (Topic topic : Topic.values()) {
            if (topic.name().toLowerCase(Locale.ROOT).equals(name) && topic != Topic.NONE) {
                return start(scene, topic, nothing);
            }
        }
        return false;
    }

    void point(Scene scene, Heard.Point point) {
        scene.heard(scene.text("said.point"));
        scene.unsure = 0;
        if (scene.topic == Topic.TEAM && scene.asked != null) {
            team.point(scene, point);
            return;
        }
        if (scene.topic != Topic.REPORT) {
            scene.turnTo(Topic.REPORT);
        }
        report.point(scene, point);
    }

    void media(Scene scene, List<String> ids) {
        scene.heard(scene.text("said.media", "count", ids.size()));
        scene.unsure = 0;
        if (ids.isEmpty()) {
            scene.lead("old-choice");
            remind(scene);
        } else if (scene.topic == Topic.SUPPLEMENT && scene.asked != null) {
            supplement.media(scene, ids);
        } else {
            if (scene.topic != Topic.REPORT) {
                scene.turnTo(Topic.REPORT);
            }
            report.media(scene, ids);
        }
    }

    void came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.HandedOver) {
            handOver.came(scene, outcome);
        } else if (!chapter(scene).came(scene, outcome) && outcome instanceof Outcome.Refused) {
            scene.say("case.broken");
        }
    }

    /** When a topic has ended, the one it interrupted goes on. */
    void comeBack(Scene scene) {
        boolean over = scene.topic == Topic.NONE && scene.asked == null;
        if (over && scene.hasSaid() && !scene.waits() && !scene.rests() && !scene.paused.isEmpty()) {
            scene.topic = scene.paused.remove(0);
            chapter(scene).resume(scene);
        }
    }

    /** After a long silence nobody remembers the question: offers to go on, or to begin anew. */
    void welcomeBack(Scene scene) {
        Draft draft = scene.draft();
        if (scene.topic == Topic.REPORT && draft != null && !draft.what().isEmpty()) {
            scene.ask(Ask.GO_ON, "back.report", "what", ReportProblem.brief(draft));
        } else {
            scene.lead("back");
            chapter(scene).resume(scene);
        }
    }
}
