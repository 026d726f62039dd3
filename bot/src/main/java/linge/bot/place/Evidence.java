package linge.bot.place;

import java.util.List;
import linge.bot.place.Mention.Form;
import linge.bot.place.Mention.Sense;

/** How much one mention says by itself, from its form, its length and the characters around it; 0 to 1. */
final class Evidence {
    /** At or above: the words hardly mean anything else. */
    static final double FIRM = 0.6;
    /** At or above: a name, but one that needs a county, a town or a home beside it. */
    static final double FAIR = 0.4;
    /** At or above: perhaps a name. */
    static final double FAINT = 0.2;

    /** A stem followed by one of these is part of another name: 和平路, 电力公司, 火车站广场. */
    private static final String COMPOUNDS = "路街巷道桥站厂矿局所院校店场园苑城楼塔湖医学小中大幼银超饭宾酒广花公集工商新家酱嘴牌机设系";

    /** A name may start after one of these; after any other character it may be the tail of a longer one. */
    private static final String OPENERS = "在住到是们的从去往来和与及我家乡镇县区市村道社叫至离回向由对咱俺位于为给把被让这那个里位址处跟同是归还:：";

    private Evidence() {}

    static double of(Mention mention, Sense sense, Level level, String text, List<Mention> all, NameIndex names) {
        double said = switch (level) {
            case CITY -> sense.form() == Form.NAME ? 0.9 : 0.75;
            case COUNTY -> county(mention, sense.form(), names);
            case TOWN -> town(mention, sense.form(), names);
            case VILLAGE -> village(mention, sense.form(), names);
        };
        boolean mayBeCompound = sense.form() == Form.SHORT || level == Level.VILLAGE && mention.length() == 2;
        if (mayBeCompound && isCompound(mention, text)) {
            return 0;
        }
        if (level.compareTo(Level.TOWN) >= 0 && isTail(mention, text, all)) {
            said *= mention.length() <= 3 ? 0.5 : 0.8;
        }
        return said;
    }

    private static double county(Mention mention, Form form, NameIndex names) {
        return switch (form) {
            case NAME -> 0.95;
            case ALIAS -> 0.9;
            case SOUND -> 0.75;
            default -> names.isOrdinary(mention.surface()) ? 0.3 : 0.82;
        };
    }

    private static double town(Mention mention, Form form, NameIndex names) {
        return switch (form) {
            case NAME -> 0.92;
            case ALIAS, VARIANT -> 0.85;
            case SOUND -> 0.6;
            default -> {
                if (names.isOrdinary(mention.surface())) {
                    yield mention.length() > 2 ? 0.1 : 0.25;
                }
                yield isRoad(mention.surface()) ? 0.25 : mention.length() >= 3 ? 0.55 : 0.4;
            }
        };
    }

    private static boolean isRoad(String surface) {
        return surface.endsWith("路") || surface.endsWith("街");
    }

    private static double village(Mention mention, Form form, NameIndex names) {
        String surface = mention.surface();
        int length = mention.length();
        if (names.isOrdinary(surface)) {
            return 0.1;
        }
        return switch (form) {
            case NAME, ALIAS -> length >= 4 ? 0.88 : length == 3 ? 0.82 : 0.45;
            case VARIANT -> length >= 4 ? 0.78 : 0.68;
            case SOUND -> length >= 4 ? 0.35 : 0.3;
            default -> length >= 4 ? 0.6 : length == 3 ? 0.5 : 0.25;
        };
    }

    private static boolean isCompound(Mention mention, String text) {
        // A village's lamp is no road's: 新庄路灯.
        return mention.end() < text.length()
                && COMPOUNDS.indexOf(text.charAt(mention.end())) >= 0
                && !text.startsWith("路灯", mention.end());
    }

    private static boolean isTail(Mention mention, String text, List<Mention> all) {
        if (mention.start() == 0) {
            return false;
        }
        char before = text.charAt(mention.start() - 1);
        return Character.UnicodeScript.of(before) == Character.UnicodeScript.HAN
                && OPENERS.indexOf(before) < 0
                && all.stream().noneMatch(other -> other.end() == mention.start());
    }
}
