package linge.mediation;

/** Who brought the dispute; each of the five hand-overs has a clock of its own. */
enum MediationSource {
    RESIDENT("当事人申请", "MEDIATION"),
    DESK("主动调解", "MEDIATION"),
    PROCURATORATE("检调对接", "MEDIATION_PROCURATORATE"),
    COURT("诉调对接", "MEDIATION_COURT"),
    POLICE("警调对接", "MEDIATION_POLICE"),
    PETITION("访调对接", "MEDIATION_PETITION"),
    ADMINISTRATION("政调对接", "MEDIATION_ADMINISTRATION");

    private final String label;
    private final String rule;

    MediationSource(String label, String rule) {
        this.label = label;
        this.rule = rule;
    }

    String label() {
        return label;
    }

    /** The clock rule by which it is to be settled. */
    String rule() {
        return rule;
    }

    boolean handedOver() {
        return this != RESIDENT && this != DESK;
    }
}
