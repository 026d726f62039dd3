package linge.bot.place;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How places are said: the committee behind a village left out, the generic word behind a name left out or swapped. */
final class Names {
    private static final Pattern COMMUNITY = Pattern.compile("^(.*社区)(居民委员会|居委会|村委会)?$");
    private static final Pattern COMMITTEE = Pattern.compile("(村村民委员会|村民委员会|村村委会|村委会)$");
    private static final Pattern RESIDENTS = Pattern.compile("(居民委员会|居委会)$");
    private static final Pattern GENERIC = Pattern.compile("(经济技术开发区|街道办事处|街道|社区|市|县|区|镇|乡|村)$");

    private Names() {}

    /** 暴马村委会 → 暴马村, 辛村委会 → 辛村, 东关社区居委会 → 东关社区; other levels stay. */
    static String said(String official, Level level) {
        if (level != Level.VILLAGE) {
            return official;
        }
        Matcher community = COMMUNITY.matcher(official);
        if (community.matches()) {
            return community.group(1);
        }
        String bare = COMMITTEE.matcher(official).replaceFirst("");
        if (!bare.equals(official)) {
            return bare.endsWith("村") ? bare : bare + "村";
        }
        return RESIDENTS.matcher(official).replaceFirst("社区");
    }

    /** The name without its generic word: 东关社区 → 东关, 马厂镇 → 马厂, 暴马村 → 暴马. */
    static String bare(String name) {
        return GENERIC.matcher(name).replaceFirst("");
    }

    /** Other full ways to say the same place, its own name not among them. */
    static Set<String> fullVariants(Place place) {
        String bare = bare(place.name());
        var variants = new LinkedHashSet<String>();
        switch (place.level()) {
            case CITY, COUNTY -> {}
            case TOWN -> {
                if (place.name().endsWith("街道")) {
                    variants.add(place.name() + "办事处");
                    variants.add(bare + "办事处");
                    variants.add(bare + "街道办");
                    if (!bare.matches(".*[路街]")) {
                        variants.add(bare + "镇");
                        variants.add(bare + "乡");
                    }
                } else if (place.name().endsWith("镇")) {
                    // Many 镇 were 乡 until the mergers of 2021, and are still called so.
                    variants.add(bare + "乡");
                } else if (place.name().endsWith("经济技术开发区")) {
                    String county = bare.replaceFirst("[县区]$", "");
                    for (String said : new String[] {county, county + "县", county + "区"}) {
                        variants.add(said + "经开区");
                        variants.add(said + "开发区");
                        variants.add(said + "经济技术开发区");
                    }
                }
            }
            case VILLAGE -> {
                String stem = bare.length() < 2 ? place.name() : bare;
                variants.add(stem + "社区");
                variants.add(stem + "居委会");
                variants.add(stem + "村");
                variants.add(stem + "村委会");
                variants.add(stem + "大队");
                if (stem.endsWith("村")) {
                    variants.remove(stem + "村");
                }
            }
        }
        variants.remove(place.name());
        return variants;
    }
}
