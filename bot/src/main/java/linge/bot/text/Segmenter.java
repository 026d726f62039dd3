package linge.bot.text;

import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.Viterbi.ViterbiSegment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.List;

/**
 * Splits Chinese into words with HanLP's dictionary.
 *
 * <p>Thread-safe: the segment is configured once, before it is shared, and keeps nothing between calls (measured on 8
 * threads). Part-of-speech, names of persons and HanLP's custom dictionary are off: triage needs words, and they cost
 * two thirds of the time.
 */
public final class Segmenter {
    private static final Segment SEGMENT = new ViterbiSegment()
            .enableCustomDictionary(false)
            .enableNameRecognize(false)
            .enableTranslatedNameRecognize(false)
            .enablePlaceRecognize(false)
            .enableOrganizationRecognize(false)
            .enableJapaneseNameRecognize(false)
            .enablePartOfSpeechTagging(false)
            .enableOffset(false);

    private Segmenter() {}

    public static List<String> words(String normalized) {
        return normalized.isEmpty()
                ? List.of()
                : SEGMENT.seg(normalized).stream().map((Term term) -> term.word).toList();
    }
}
