package linge.mediation;

import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import org.jspecify.annotations.Nullable;

/** What a dispute is about, as the bot tells them apart; committees are for some or for all. */
enum MediationKind {
    FAMILY("婚姻家庭"),
    NEIGHBOURS("邻里"),
    PROPERTY("物业"),
    LABOUR("劳动"),
    TRAFFIC("交通事故"),
    MEDICAL("医疗"),
    LAND("土地山林"),
    CONSUMER("消费"),
    OTHER("其他");

    private final String label;

    MediationKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** What a case of this category would be mediated as. */
    static MediationKind ofCategory(@Nullable String code) {
        return code == null
                ? OTHER
                : Categories.shipped()
                        .find(code)
                        .map(Category::mediation)
                        .map(kind -> valueOf(kind.name()))
                        .orElse(OTHER);
    }
}
