package linge.bot.dialogue;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.bot.text.Digits;
import linge.bot.text.Normalizer;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;

/** Reads a message: numbers, place, time, problem and intent. Thread-safe. */
final class Reader {
    /** Nobody tells a clerk more at once; the rest is not read. */
    static final int MOST = 2_000;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern FINAL_MARKS = Pattern.compile("[，。！？；、,.!?;…~～\\s]+$");
    private static final Pattern SOUNDS = Pattern.compile("^(?:嗯+|那个|这个|额+|呃+|啊+|哎+|唉+|诶+|喂)[，,。.、…\\s]+(?=.)");

    /** 我电话是 with nothing behind it any more. */
    private static final Pattern PHONE_LABEL = Pattern.compile(
            "[，,。；;、\\s]*(?:我的?|俺的?|本人的?)?(?:联系)?(?:电话|手机|手机号|号码|联系方式)(?:号码?)?(?:是|为)?[：:]?\\s*(?=[，。；,;]|$)");

    private final Triage triage = Triage.shipped();
    private final Intents intents = new Intents();
    private final Addresses addresses;

    Reader(Gazetteer gazetteer, Supplier<AddressIndex> index) {
        this.addresses = new Addresses(gazetteer, index);
    }

    Addresses addresses() {
        return addresses;
    }

    Intents intents() {
        return intents;
    }

    Message read(String raw, @Nullable String near) {
        String normal = Normalizer.normalize(raw.length() > MOST * 2 ? raw.substring(0, MOST * 2) : raw);
        String cut = Addresses.written(normal.length() > MOST ? normal.substring(0, MOST) : normal);
        Digits digits = Digits.in(SOUNDS.matcher(cut).replaceFirst(""));
        String told = Wording.punctuated(digits.without().strip());
        if (digits.phone() != null) {
            told = PHONE_LABEL.matcher(told).replaceAll("").strip();
        }
        String plain = FINAL_MARKS
                .matcher(BLANKS.matcher(told).replaceAll("").toLowerCase(Locale.ROOT))
                .replaceFirst("");
        Triaged triaged = triage.of(told);
        return new Message(
                Wording.punctuated(digits.masked()),
                told,
                plain,
                digits,
                triaged,
                intents.of(plain, triaged),
                addresses.in(told, near),
                Since.in(plain));
    }
}
