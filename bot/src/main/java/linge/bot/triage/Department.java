package linge.bot.triage;

/**
 * Who owns a category by default; a county may route otherwise.
 *
 * @param code stable, in capitals: URBAN_MANAGEMENT
 * @param name as its door says: 城市管理局
 */
public record Department(String code, String name) {}
