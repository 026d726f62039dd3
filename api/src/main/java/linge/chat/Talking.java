package linge.chat;

import io.vertx.core.Future;
import java.util.function.Consumer;
import linge.cases.OwnCases;
import linge.grids.Grids;
import linge.http.Authenticator;
import linge.http.Brake;
import linge.http.Contract;
import linge.legal.LegalAid;
import linge.legal.Library;
import linge.notify.Outbox;
import linge.staff.Staff;

/** The parts of the chat put together: the bot's ear, its wishes, and the desk of a person. */
public final class Talking {

    /** The services that grant the bot's wishes. */
    public record Helpers(
            Grids grids, OwnCases cases, Staff staff, Library library, LegalAid legalAid, Outbox outbox) {}

    private final Chat.Ground on;
    private final Chat chat;
    private final Desk desk;

    /** @param changed called once something new in a conversation is committed */
    public Talking(Chat.Ground on, Helpers helpers, Consumer<ChatHint> changed) {
        this.on = on;
        this.desk = new Desk(
                new Desk.Ground(on.db(), on.clock(), helpers.staff(), helpers.outbox(), on.limits(), on.names()),
                changed);
        Wishes wishes = new Wishes(new Wishes.Services(
                on.vertx().createSharedWorkerExecutor("chat", 2),
                helpers.grids(),
                helpers.cases(),
                helpers.staff(),
                helpers.library(),
                helpers.legalAid(),
                desk));
        this.chat = new Chat(on, wishes, changed);
    }

    /** @param secureCookies whether browsers reach the service by https */
    public void mount(Contract contract, Authenticator authenticator, Brake brake, boolean secureCookies) {
        new ChatApi(chat, desk, authenticator, brake, on.keep(), secureCookies).mount(contract);
    }

    /** The door for ways in that bring whole messages of one person. */
    public SideDoor sideDoor() {
        return new SideDoor(chat);
    }

    public Future<Void> warmUp() {
        return chat.warmUp();
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        return chat.forgetOld();
    }
}
