package linge.bot.triage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a complaint is about.
 *
 * @param code stable: MUNICIPAL.STREET_LAMP
 * @param path two names, wide then narrow: 市政设施, 路灯
 * @param mediation the committee that can mediate it; null when there is nothing to mediate
 * @param admission the item of the admission list under which a department may hand it to a grid; null when it may not
 */
public record Category(
        String code,
        List<String> path,
        Department department,
        @Nullable Mediation mediation,
        @Nullable Admission admission) {
    public Category {
        path = List.copyOf(path);
    }
}
