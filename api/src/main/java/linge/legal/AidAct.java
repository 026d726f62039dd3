package linge.legal;

import static linge.legal.AidStage.ASSIGNED;
import static linge.legal.AidStage.EXAMINING;
import static linge.legal.AidStage.GRANTED;
import static linge.legal.AidStage.OBJECTED;
import static linge.legal.AidStage.PAPERS;
import static linge.legal.AidStage.REFUSED;

import java.util.Set;

/** Everything that can be done with an application for legal aid: its name, at which stages, by whom. */
enum AidAct {
    /** Once, and all of it (法律援助法第四十三条); where the limitation is near, aid begins and papers come later (第四十四条). */
    TELL_MISSING("一次告知补正", Set.of(EXAMINING, GRANTED, ASSIGNED), By.DESK),
    SUPPLY("补交材料", Set.of(PAPERS, GRANTED, ASSIGNED), By.APPLICANT),
    GRANT("决定给予援助", Set.of(EXAMINING), By.DESK),
    REFUSE("决定不予援助", Set.of(EXAMINING), By.DESK),
    ASSIGN("指派", Set.of(GRANTED), By.DESK),
    /** 法律援助法第四十九条. */
    OBJECT("提出异议", Set.of(REFUSED), By.APPLICANT),
    DECIDE_OBJECTION("处理异议", Set.of(OBJECTED), By.JUSTICE),
    REPORT("结案", Set.of(ASSIGNED), By.DESK);

    /** Who. */
    enum By {
        /** The county's centre and its 司法局. */
        DESK,
        APPLICANT,
        /** The 司法局, and there somebody else than who decided. */
        JUSTICE
    }

    private final String label;
    private final Set<AidStage> at;
    private final By by;

    AidAct(String label, Set<AidStage> at, By by) {
        this.label = label;
        this.at = at;
        this.by = by;
    }

    String label() {
        return label;
    }

    Set<AidStage> at() {
        return at;
    }

    By by() {
        return by;
    }
}
