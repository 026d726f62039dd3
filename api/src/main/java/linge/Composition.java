package linge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import linge.admin.AdminHouse;
import linge.admission.AdmissionHouse;
import linge.board.BoardHouse;
import linge.bot.Bot;
import linge.bot.knowledge.Hardship;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.cases.CaseActs;
import linge.cases.CaseApi;
import linge.cases.CaseClock;
import linge.cases.CaseClockApi;
import linge.cases.CaseSubjects;
import linge.cases.Cases;
import linge.cases.FieldCases;
import linge.cases.LeaveNotices;
import linge.cases.OwnCases;
import linge.cases.Proof;
import linge.cases.StaffCases;
import linge.cases.Witness;
import linge.chat.Chat;
import linge.chat.Talking;
import linge.clocks.ClockHouse;
import linge.db.PostgresServer;
import linge.db.RateLimits;
import linge.demo.DemoApi;
import linge.demo.DemoCases;
import linge.demo.DemoDataApi;
import linge.demo.DemoStaff;
import linge.desk.DeskHouse;
import linge.evaluation.EvaluationHouse;
import linge.fieldwork.FieldworkHouse;
import linge.grids.Grid;
import linge.grids.GridApi;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Contract;
import linge.http.Health;
import linge.http.Site;
import linge.legal.LegalHouse;
import linge.live.LiveApi;
import linge.live.LiveHints;
import linge.live.LiveHub;
import linge.media.Media;
import linge.media.MediaApi;
import linge.media.MediaSettings;
import linge.media.store.S3Settings;
import linge.mediation.MediationHouse;
import linge.notify.Addresses;
import linge.notify.Inbox;
import linge.notify.Keeping;
import linge.notify.Ledgers;
import linge.notify.Receipts;
import linge.notify.Relay;
import linge.notify.webhook.Vault;
import linge.people.PeopleApi;
import linge.push.Push;
import linge.receipts.SmsReportsApi;
import linge.replies.RepliesHouse;
import linge.residents.Residents;
import linge.sessions.Sessions;
import linge.shared.Names;
import linge.staff.Passwords;
import linge.staff.Staff;
import linge.staff.StaffApi;
import linge.triage.KnownNames;
import linge.triage.TriageApi;
import linge.triage.Understanding;
import linge.twins.TwinsHouse;
import linge.webhooks.WebhookHouse;
import linge.wechat.Account;
import linge.wechat.WeChatHouse;
import linge.whistle.WhistleHouse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the parts from the bottom up. */
record Composition(
        Settings settings,
        Clock clock,
        Path folder,
        PostgresServer postgres,
        Vertx vertx,
        Pool db,
        PrometheusMeterRegistry metrics) {

    private static final Logger log = LoggerFactory.getLogger(Composition.class);

    private static final Duration CLOCK_EVERY = Duration.ofSeconds(15);
    private static final long HOUSEKEEPING_MILLIS = Duration.ofMinutes(10).toMillis();

    /** Everything that is started and stopped. */
    record Parts(
            Relay relay,
            SmsHouse sms,
            WebhookHouse webhooks,
            CaseClock caseClock,
            WhistleHouse whistles,
            MediationHouse mediation,
            LiveHub hub,
            WeChatHouse weChat,
            TellingHouse telling,
            Supplier<Future<?>> housekeeping,
            Supplier<Future<?>> rest,
            String deployment,
            int port) {}

    Parts start() {
        boolean demo = settings.demo();
        RateLimits limits = new RateLimits(db, clock);
        boolean https = settings.publicUrl() != null
                && "https".equals(settings.publicUrl().getScheme());
        Sessions sessions = new Sessions(db, clock, demo, https);
        Staff staff = new Staff(db, clock, limits, new Passwords(vertx), sessions, demo);
        SmsHouse sms = SmsHouse.open(settings.sms(), vertx, db, clock);
        Residents residents = new Residents(db, clock, limits, sms.codes(), demo);

        Gazetteer gazetteer = Gazetteer.shipped();
        AddressIndex addresses = new AddressIndex(gazetteer);
        Grids grids = Grids.open(vertx, db, gazetteer, addresses, clock, Grids.Options.usual(), demo)
                .await();
        if (demo) {
            new DemoStaff(db, clock).settle(gridCodes(grids)).await();
        }
        Names names = new KnownNames(grids);
        Understanding understanding = new Understanding(vertx, grids);

        LiveHints hints = new LiveHints(vertx.eventBus());
        Push push = push(sessions, limits);
        sessions.whenEnded(person -> {
            hints.sessionsEnded(person);
            push.sessionsEnded(person);
        });
        LiveHub hub = new LiveHub(vertx);
        Inbox inbox = new Inbox(db, clock);
        Account account = settings.account();
        TellingHouse telling = TellingHouse.open(
                new TellingHouse.Ground(vertx, db, clock, node(), postgres.options()),
                hints,
                account,
                sms,
                settings.sms().sign(),
                push);
        Relay relay = telling.relay();

        Media media = media();
        ClockHouse clocks =
                ClockHouse.open(new ClockHouse.Ground(db, clock, names)).await();
        Cases.Ground ground = new Cases.Ground(
                db,
                clock,
                understanding,
                grids,
                residents,
                staff,
                media,
                telling.outbox(),
                limits,
                names,
                clocks.clocks());
        WebhookHouse webhooks = webhooks(residents, staff, grids, limits, names, telling);
        BoardHouse board = new BoardHouse(new BoardHouse.Ground(vertx, db, clock, grids, names));
        Witness counted = board.witness();
        Witness told = webhooks.witness();
        Cases cases = new Cases(
                ground, (tx, moved) -> counted.saw(tx, moved).compose(done -> told.saw(tx, moved)), hints::caseChanged);
        CaseClock caseClock = new CaseClock(vertx, cases, CLOCK_EVERY);
        OwnCases ownCases = new OwnCases(cases, ground);
        CaseActs acts = new CaseActs(cases);
        TwinsHouse twins =
                new TwinsHouse(new TwinsHouse.Ground(vertx, db, clock, acts, ownCases, media, grids, names, limits));
        StaffCases staffCases = new StaffCases(cases, ground);
        LeaveNotices leave = new LeaveNotices(telling.outbox(), staff);
        RepliesHouse replies = new RepliesHouse(
                new RepliesHouse.Ground(vertx, db, clock, staffCases, residents, leave, limits, names), acts);
        AdmissionHouse admission =
                new AdmissionHouse(new AdmissionHouse.Ground(db, clock, staffCases, grids, leave, names), acts);
        DeskHouse desk =
                new DeskHouse(new DeskHouse.Ground(db, clock, cases, ground, understanding, names), admission::reason);
        WhistleHouse whistles = new WhistleHouse(
                new WhistleHouse.Ground(vertx, db, clock, clocks.clocks(), staff, media, telling.outbox(), names),
                acts);

        MediationHouse mediation = new MediationHouse(
                new MediationHouse.Ground(
                        vertx, db, clock, clocks.clocks(), residents, staff, grids, limits, telling.outbox(), names),
                acts);
        if (demo) {
            mediation.makeUpCommittees().await();
        }
        FieldworkHouse fieldwork = new FieldworkHouse(new FieldworkHouse.Ground(
                vertx,
                db,
                clock,
                new FieldCases(cases, ground),
                media,
                residents,
                grids,
                limits,
                names,
                settings.calls().url(),
                settings.calls().secret()));
        EvaluationHouse evaluation =
                new EvaluationHouse(new EvaluationHouse.Ground(db, clock, clocks.clocks(), telling.outbox(), names));
        LegalHouse legal = new LegalHouse(new LegalHouse.Ground(
                vertx,
                db,
                clock,
                folder,
                ownCases,
                residents,
                grids,
                names,
                clocks.clocks(),
                acts,
                staff,
                telling.outbox(),
                new Hardship(settings.hardship()),
                settings.keepQuestions()));
        Talking talking = new Talking(
                new Chat.Ground(vertx, db, clock, bot(grids), residents, limits, names, settings.keepChats(), demo),
                new Talking.Helpers(grids, ownCases, staff, legal.library(), legal.aid(), telling.outbox()),
                hints::chatChanged);

        Future<Void> warm = understanding
                .warmUp()
                .compose(done -> Future.all(legal.warmUp(), talking.warmUp(), twins.warmUp(), replies.warmUp()))
                .mapEmpty();

        Contract contract = Contract.load(vertx, sessions).await();
        Brake brake = new Brake(20, 600, clock);
        WeChatHouse weChat = new WeChatHouse(new WeChatHouse.Ground(
                vertx,
                db,
                clock,
                account,
                telling.tokens(),
                talking.sideDoor(),
                media,
                grids,
                names,
                residents,
                sessions,
                new Ledgers(db, clock),
                new Receipts(db, clock),
                new Addresses(db, clock),
                brake,
                settings.publicUrl() == null ? null : settings.publicUrl().toString(),
                https));
        settingsApi(contract);
        new TriageApi(understanding, residents, brake).mount(contract);
        new GridApi(grids, staff::shownTeam, residents::homeOf).mount(contract);
        new PeopleApi(residents, staff, sessions, grids, names).mount(contract);
        new StaffApi(staff, names).mount(contract);
        new MediaApi(
                        vertx,
                        media,
                        (caller, id) -> cases.maySee(caller, id)
                                .compose(may -> may ? Future.succeededFuture(true) : fieldwork.maySee(caller, id)))
                .mount(contract);
        new CaseApi(cases, ground).mount(contract);
        new CaseClockApi(cases, ground).mount(contract);
        clocks.mount(contract, new CaseSubjects(db, names).and(mediation.subjects()));
        String pages =
                settings.publicUrl() == null ? null : settings.publicUrl().toString();
        new Proof(db, names, new Brake(1, 60, clock), pages).mount(contract);
        desk.mount(contract);
        replies.mount(contract);
        admission.mount(contract);
        fieldwork.mount(contract);
        whistles.mount(contract, ownCases);
        mediation.mount(contract, ownCases);
        twins.mount(contract);
        legal.mount(contract, brake);
        webhooks.mount(contract, ownCases, brake);
        talking.mount(contract, sessions, brake, https);
        weChat.mount(contract);
        new LiveApi(vertx, inbox, sessions, hub, staff.posts()).mount(contract);
        push.mount(contract);
        telling.notices().mount(contract);
        new DemoApi(demo, sms.local(), staff, names).mount(contract);
        new DemoDataApi(demo, new DemoCases(new DemoCases.Ground(vertx, db, clock, ground, counted))).mount(contract);
        board.mount(contract);
        evaluation.mount(contract);
        AdminHouse admin = new AdminHouse(new AdminHouse.Ground(vertx, db, clock, grids, names, folder));
        admin.mount(contract);
        Health health = new Health()
                .part("database", () -> db.query("SELECT 1").execute().map(true))
                .part("grids", () -> Future.succeededFuture(grids.index().size() > 0))
                .part("understanding", () -> Future.succeededFuture(warm.succeeded()))
                .part("media", () -> media.check().map(true))
                .part("relay", () -> Future.succeededFuture(relay.isListening()));
        SmsReportsApi smsReports =
                new SmsReportsApi(sms.reports(), settings.sms().reportSecret(), brake);
        Router router = Site.router(
                vertx,
                new Site.Manner(settings.proxy(), settings.tiles(), settings.weChat() != null),
                health,
                metrics,
                beside -> {
                    weChat.mount(beside);
                    smsReports.mount(beside);
                },
                contract);

        metrics.gauge("linge_live_streams", hub, LiveHub::size);
        // The folder's lock keeps others off the embedded database: whoever held a lease there is dead.
        if (settings.dbUrl() == null) {
            relay.takeOver().await();
            webhooks.takeOver().await();
            weChat.takeOver().await();
        }
        board.start().await();
        evaluation.start().await();
        sms.start().await();
        relay.start().await();
        webhooks.start().await();
        caseClock.start();
        whistles.clock().start();
        mediation.clock().start();
        media.sweeper().start();
        legal.start();
        twins.start();
        weChat.start();
        Supplier<Future<?>> housekeeping = () -> Future.join(List.of(
                sessions.forgetOld(),
                limits.forgetOld(),
                talking.forgetOld(),
                desk.forgetOld(),
                admin.forgetOld(),
                legal.forgetOld(),
                fieldwork.forgetOld(),
                sms.forgetOld(),
                webhooks.forgetOld(),
                weChat.forgetOld(),
                telling.forgetOld(),
                Keeping.DEFAULT.sweep(db, clock)));
        long housekeeper = vertx.setPeriodic(
                HOUSEKEEPING_MILLIS,
                id -> housekeeping.get().onFailure(failure -> log.warn("housekeeping tries again later", failure)));
        Supplier<Future<?>> rest = () -> {
            vertx.cancelTimer(housekeeper);
            media.sweeper().stop();
            legal.stop();
            return grids.close();
        };
        Door door = new Door(settings, router);
        String deployment = vertx.deployVerticle(door, new DeploymentOptions()).await();
        return new Parts(
                relay,
                sms,
                webhooks,
                caseClock,
                whistles,
                mediation,
                hub,
                weChat,
                telling,
                housekeeping,
                rest,
                deployment,
                door.port());
    }

    /** What pages may know about the settings. */
    private void settingsApi(Contract contract) {
        JsonObject shown = PublicSettings.of(settings, MediaSettings.USUAL);
        contract.on("getSettings", call -> Future.succeededFuture(Answer.ok(shown.copy())));
    }

    /** The bot, loaded when it is first needed; or one with a city's own words, read now so that faults stop the start. */
    private Supplier<Bot> bot(Grids grids) {
        Hardship hardship = new Hardship(settings.hardship());
        Supplier<AddressIndex> places = () -> grids.index().addresses();
        Path own = settings.replies();
        if (own == null) {
            return new FirstNeeded<>(() -> Bot.of(null, hardship, places));
        }
        try (Reader words = Files.newBufferedReader(own, StandardCharsets.UTF_8)) {
            Bot bot = Bot.of(words, hardship, places);
            return () -> bot;
        } catch (IllegalArgumentException | IOException wrong) {
            throw new Settings.Wrong("机器人的话不能用（LINGE_REPLIES=" + own + "）：" + wrong.getMessage());
        }
    }

    private static List<String> gridCodes(Grids grids) {
        return grids.index().all().stream().map(Grid::code).toList();
    }

    private Media media() {
        Settings.S3 s3 = settings.s3();
        S3Settings store = s3 == null
                ? null
                : new S3Settings(s3.endpoint(), s3.region(), s3.bucket(), "", s3.key(), s3.secret(), true);
        try {
            return Media.open(vertx, db, MediaSettings.USUAL.with(store), folder);
        } catch (IOException e) {
            throw new Settings.Wrong("数据文件夹里不能存照片（LINGE_DATA）：" + e.getMessage());
        }
    }

    private Push push(Sessions sessions, RateLimits limits) {
        PushSettings wanted = settings.push();
        return Push.open(
                        new Push.Ground(vertx, db, clock, new Addresses(db, clock), sessions, limits),
                        new Push.Manner(wanted.keys(), wanted.contact(), wanted.loopback()))
                .await();
    }

    private WebhookHouse webhooks(
            Residents residents, Staff staff, Grids grids, RateLimits limits, Names names, TellingHouse telling) {
        String key = settings.webhooks().key();
        // A key of one's own would open nothing on the other nodes.
        Vault vault = key != null
                ? Vault.of(key)
                : settings.cluster().isEmpty() ? Vault.of(KeyFile.in(folder)) : Vault.closed();
        URI url = settings.publicUrl();
        return new WebhookHouse(new WebhookHouse.Ground(
                vertx,
                db,
                clock,
                vault,
                settings.webhooks().networks(),
                url == null ? "urn:linge" : url.toString(),
                node(),
                residents,
                grids,
                limits,
                names,
                telling.outbox(),
                staff::administrators,
                metrics,
                postgres.options()));
    }

    /** A name no other node has, nor this one after a restart. */
    private static String node() {
        return ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }
}
