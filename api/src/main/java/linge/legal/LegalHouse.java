package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import linge.bot.knowledge.Hardship;
import linge.cases.CaseActs;
import linge.cases.OwnCases;
import linge.clocks.Clocks;
import linge.grids.Grids;
import linge.http.Brake;
import linge.http.Contract;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.Names;
import linge.staff.Staff;

/** The parts of legal aid put together: the library, its questions, cards and statutes, and applications. */
public final class LegalHouse {

    /**
     * What legal aid stands on.
     *
     * @param data this node's folder
     * @param keep how long a question nobody could answer is kept
     */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            Path data,
            OwnCases cases,
            Residents residents,
            Grids grids,
            Names names,
            Clocks clocks,
            CaseActs acts,
            Staff staff,
            Outbox outbox,
            Hardship hardship,
            Duration keep) {}

    private final Ground on;
    private final Questions questions;
    private final Library library;
    private final LegalAid aid;
    private final LegalAidDesk desk;
    private final LocalCards cards;
    private final StatuteImport statutes;

    public LegalHouse(Ground on) {
        this.on = on;
        this.questions = new Questions(on.db(), on.clock(), on.keep());
        this.library = new Library(on.vertx(), questions);
        this.aid = new LegalAid(on.db(), on.clock(), on.cases(), on.residents(), on.hardship());
        this.desk = new LegalAidDesk(on, aid);
        on.acts().cards(desk::card);
        this.cards = new LocalCards(on.vertx(), on.db(), on.clock(), library);
        this.statutes =
                new StatuteImport(on.vertx(), new StatuteStore(on.vertx(), on.db(), on.clock()), library, on.data());
    }

    public Library library() {
        return library;
    }

    public LegalAid aid() {
        return aid;
    }

    public void mount(Contract contract, Brake brake) {
        LegalAidDeskApi deskApi = new LegalAidDeskApi(on, desk);
        deskApi.mount(contract);
        new LegalApi(library, aid, desk, deskApi, on.grids(), on.names(), brake).mount(contract);
        new LegalStaffApi(library, questions, cards, statutes).mount(contract);
    }

    public Future<Void> warmUp() {
        return library.warmUp();
    }

    /** Follows what is published and imported, here or on another node. */
    public void start() {
        cards.start();
        statutes.start();
    }

    /** Follows nothing more. */
    public void stop() {
        cards.stop();
        statutes.stop();
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        return questions.forgetOld();
    }
}
