package linge.bot.place;

import linge.bot.place.Mention.Form;

/** Why a place was found, in one short Chinese sentence. */
final class Reasons {
    private final Gazetteer gazetteer;
    private final NameIndex names;

    Reasons(Gazetteer gazetteer, NameIndex names) {
        this.gazetteer = gazetteer;
        this.names = names;
    }

    String of(Place place, String surface, Form form, String words, int sameName, boolean byNearness) {
        String full = gazetteer.fullName(place.code());
        boolean alone = words.equals(surface);
        if (sameName > 1 && byNearness) {
            return "叫“" + surface + "”的有" + sameName + "处，按您附近的位置选" + full;
        }
        if (sameName > 1 && alone) {
            return "叫“" + surface + "”的有" + sameName + "处，这是其中的" + full;
        }
        return switch (form) {
            case NAME -> "地址中写明了" + words;
            case ALIAS -> alias(place, surface);
            case SOUND -> "地址中的“" + words + "”读音或字形像" + full;
            case VARIANT -> "地址中的“" + words + "”与" + full + "相符";
            default -> "地址中的“" + words + "”是" + full + "的简称";
        };
    }

    private String alias(Place place, String surface) {
        return switch (names.kind(surface, place.code())) {
            case MERGED -> "“" + surface + "”已并入" + place.name();
            case FORMER -> "“" + surface + "”现在叫" + place.name();
            case ESTATE -> "“" + surface + "”在" + place.name();
            case OTHER -> "“" + surface + "”就是" + place.name();
        };
    }
}
