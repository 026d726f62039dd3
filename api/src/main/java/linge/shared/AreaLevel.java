package linge.shared;

/** How high an area stands; its code's length says so (4 city, 6 county, 9 town, 12 village, 15 grid). */
public enum AreaLevel {
    GRID(15, "网格"),
    VILLAGE(12, "村（社区）"),
    TOWN(9, "乡镇（街道）"),
    COUNTY(6, "县（区）"),
    CITY(4, "市");

    private final int digits;
    private final String label;

    AreaLevel(int digits, String label) {
        this.digits = digits;
        this.label = label;
    }

    public int digits() {
        return digits;
    }

    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException when no area's code has this length */
    public static AreaLevel of(String code) {
        for (AreaLevel level : values()) {
            if (level.digits == code.length()) {
                return level;
            }
        }
        throw new IllegalArgumentException("no area has the code " + code);
    }

    public static boolean isCode(String code) {
        for (AreaLevel level : values()) {
            if (level.digits == code.length()) {
                return code.chars().allMatch(c -> c >= '0' && c <= '9');
            }
        }
        return false;
    }

    /** The code of the area one level up; the city's is its own. */
    public static String above(String code) {
        return switch (of(code)) {
            case GRID -> code.substring(0, 12);
            case VILLAGE -> code.substring(0, 9);
            case TOWN -> code.substring(0, 6);
            case COUNTY, CITY -> code.substring(0, 4);
        };
    }

    /** Whether {@code inner} is {@code outer} or lies in it. */
    public static boolean covers(String outer, String inner) {
        return inner.startsWith(outer);
    }
}
