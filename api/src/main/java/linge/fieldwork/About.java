package linge.fieldwork;

import java.util.Optional;

/** What a visit or a patrol was about. Kinds of household and of ground, never persons. */
enum About {
    ALONE(FieldLog.Kind.VISIT, "独居老人"),
    HARDSHIP(FieldLog.Kind.VISIT, "困难家庭"),
    TENANT(FieldLog.Kind.VISIT, "租住户"),
    BUSINESS(FieldLog.Kind.VISIT, "沿街商户"),
    DISPUTE(FieldLog.Kind.VISIT, "矛盾纠纷"),
    POLICY(FieldLog.Kind.VISIT, "政策宣传"),
    VISIT_OTHER(FieldLog.Kind.VISIT, "其他走访"),
    FIRE(FieldLog.Kind.PATROL, "消防"),
    SAFETY(FieldLog.Kind.PATROL, "安全隐患"),
    SANITATION(FieldLog.Kind.PATROL, "环境卫生"),
    FACILITY(FieldLog.Kind.PATROL, "公共设施"),
    ORDER(FieldLog.Kind.PATROL, "治安"),
    PATROL_OTHER(FieldLog.Kind.PATROL, "其他巡查");

    private final FieldLog.Kind kind;
    private final String label;

    About(FieldLog.Kind kind, String label) {
        this.kind = kind;
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean fits(FieldLog.Kind other) {
        return kind == other;
    }

    static Optional<About> of(String name) {
        for (About one : values()) {
            if (one.name().equals(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
