package linge;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The map of ARCHITECTURE.md, kept true: arrows point one way. */
@AnalyzeClasses(packages = "linge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_know_only_those_below_them = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("linge..")
            .layer("bot")
            .definedBy("linge.bot..")
            .layer("notify")
            .definedBy("linge.notify..")
            .layer("shared")
            .definedBy("linge.shared..")
            .layer("http")
            .definedBy("linge.http..")
            .layer("db")
            .definedBy("linge.db..")
            .layer("sessions")
            .definedBy("linge.sessions..")
            .layer("grids")
            .definedBy("linge.grids..")
            .layer("media")
            .definedBy("linge.media..")
            .layer("residents")
            .definedBy("linge.residents..")
            .layer("staff")
            .definedBy("linge.staff..")
            .layer("triage")
            .definedBy("linge.triage..")
            .layer("people")
            .definedBy("linge.people..")
            .layer("cases")
            .definedBy("linge.cases..")
            .layer("clocks")
            .definedBy("linge.clocks..")
            .layer("admin")
            .definedBy("linge.admin..")
            .layer("board")
            .definedBy("linge.board..")
            .layer("admission")
            .definedBy("linge.admission..")
            .layer("replies")
            .definedBy("linge.replies..")
            .layer("evaluation")
            .definedBy("linge.evaluation..")
            .layer("desk")
            .definedBy("linge.desk..")
            .layer("fieldwork")
            .definedBy("linge.fieldwork..")
            .layer("whistle")
            .definedBy("linge.whistle..")
            .layer("mediation")
            .definedBy("linge.mediation..")
            .layer("twins")
            .definedBy("linge.twins..")
            .layer("legal")
            .definedBy("linge.legal..")
            .layer("chat")
            .definedBy("linge.chat..")
            .layer("receipts")
            .definedBy("linge.receipts..")
            .layer("notices")
            .definedBy("linge.notices..")
            .layer("webhooks")
            .definedBy("linge.webhooks..")
            .layer("live")
            .definedBy("linge.live..")
            .layer("push")
            .definedBy("linge.push..")
            .layer("wechat")
            .definedBy("linge.wechat..")
            .layer("demo")
            .definedBy("linge.demo..")
            .layer("selftest")
            .definedBy("linge.selftest..")
            .layer("app")
            .definedBy("linge")
            .layer("cli")
            .definedBy("linge.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("selftest")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("demo")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("receipts")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("notices")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("push")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("wechat")
            .mayOnlyBeAccessedByLayers("app", "cli")
            .whereLayer("chat")
            .mayOnlyBeAccessedByLayers("live", "wechat", "app")
            .whereLayer("webhooks")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("clocks")
            .mayOnlyBeAccessedByLayers("cases", "evaluation", "webhooks", "legal", "mediation", "whistle", "app", "cli")
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("evaluation")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("board")
            .mayOnlyBeAccessedByLayers("evaluation", "admin", "app", "cli")
            .whereLayer("admission")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("replies")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("desk")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("fieldwork")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("whistle")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("mediation")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("twins")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("legal")
            .mayOnlyBeAccessedByLayers("chat", "app", "cli")
            .whereLayer("cases")
            .mayOnlyBeAccessedByLayers(
                    "legal",
                    "chat",
                    "webhooks",
                    "live",
                    "board",
                    "desk",
                    "fieldwork",
                    "whistle",
                    "twins",
                    "demo",
                    "replies",
                    "admission",
                    "mediation",
                    "app",
                    "cli")
            .whereLayer("people")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("triage")
            .mayOnlyBeAccessedByLayers("cases", "desk", "app", "cli")
            .whereLayer("staff")
            .mayOnlyBeAccessedByLayers(
                    "people", "cases", "chat", "demo", "whistle", "legal", "mediation", "live", "app", "cli")
            .whereLayer("residents")
            .mayOnlyBeAccessedByLayers(
                    "people",
                    "triage",
                    "cases",
                    "legal",
                    "chat",
                    "notices",
                    "webhooks",
                    "wechat",
                    "fieldwork",
                    "demo",
                    "replies",
                    "mediation",
                    "app")
            .whereLayer("media")
            .mayOnlyBeAccessedByLayers("cases", "fieldwork", "whistle", "twins", "wechat", "app")
            .whereLayer("grids")
            .mayOnlyBeAccessedByLayers(
                    "people",
                    "triage",
                    "cases",
                    "legal",
                    "chat",
                    "webhooks",
                    "wechat",
                    "demo",
                    "board",
                    "fieldwork",
                    "whistle",
                    "twins",
                    "admission",
                    "admin",
                    "mediation",
                    "app",
                    "cli")
            .whereLayer("sessions")
            .mayOnlyBeAccessedByLayers("staff", "people", "live", "push", "wechat", "app", "cli")
            .whereLayer("notify")
            .mayOnlyBeAccessedByLayers(
                    "residents",
                    "cases",
                    "chat",
                    "receipts",
                    "notices",
                    "webhooks",
                    "wechat",
                    "live",
                    "push",
                    "whistle",
                    "evaluation",
                    "demo",
                    "legal",
                    "mediation",
                    "app");

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("linge.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_bot_is_pure_java = ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage("linge.bot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.sql..", "java.net.http..");

    @ArchTest
    static final ArchRule what_is_shared_and_http_know_no_feature = ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage("linge.shared..", "linge.http..", "linge.db..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "linge.cases..",
                    "linge.grids..",
                    "linge.residents..",
                    "linge.staff..",
                    "linge.sessions..",
                    "linge.media..");
}
