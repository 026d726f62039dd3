package linge.bot.place;

import org.jspecify.annotations.Nullable;

/**
 * A place of the gazetteer, named as people say it.
 *
 * <p>A village is said with its 村 (暴马村委会 is 暴马村), a community with its 社区 (东关社区居委会 is 东关社区).
 *
 * @param code 4 digits for a city, 6 a county, 9 a town, 12 a village or community
 * @param parent the code of the place around it; null for the city
 */
public record Place(
        String code, String name, Level level, @Nullable String parent) {}
