package linge.bot.triage.train;

import linge.bot.text.Features;
import opennlp.tools.doccat.DocumentSample;

/** One labelled complaint with its features. */
record Line(String code, String text, String[] features) {
    Line(String code, String text) {
        this(code, text, Features.of(text));
    }

    DocumentSample sample() {
        return new DocumentSample(code, features);
    }
}
