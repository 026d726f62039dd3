package linge.bot.triage;

import java.util.List;

/**
 * What a complaint is about.
 *
 * @param code stable: MUNICIPAL.STREET_LAMP
 * @param path two names, wide then narrow: 市政设施, 路灯
 */
public record Category(String code, List<String> path, Department department) {
    public Category {
        path = List.copyOf(path);
    }
}
