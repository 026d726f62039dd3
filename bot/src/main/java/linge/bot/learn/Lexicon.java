package linge.bot.learn;

import java.util.Arrays;
import java.util.List;

/**
 * The features a model knows: their hashes, and how rare each is. Turns texts into vectors. Read-only after it is built.
 *
 * <p>Features are weighed (1 + log count) × idf and each field has length 1 of its own, so that a title of twenty characters counts as much as a detail of a thousand.
 */
final class Lexicon {
    private final Reading reading;
    private final int mostRead;
    private final int fields;
    private final long[] hashes;
    private final float[] rarity;
    private final long[] keys;
    private final int[] slots;

    Lexicon(int mostRead, int fields, long[] hashes, float[] rarity) {
        this(Reading.CHARACTERS, mostRead, fields, hashes, rarity);
    }

    Lexicon(Reading reading, int mostRead, int fields, long[] hashes, float[] rarity) {
        this.reading = reading;
        this.mostRead = mostRead;
        this.fields = fields;
        this.hashes = hashes;
        this.rarity = rarity;
        int size = Integer.highestOneBit(Math.max(8, hashes.length)) * 4;
        keys = new long[size];
        slots = new int[size];
        Arrays.fill(slots, -1);
        for (int id = 0; id < hashes.length; id++) {
            int at = (int) hashes[id] & (size - 1);
            while (slots[at] >= 0) {
                at = (at + 1) & (size - 1);
            }
            keys[at] = hashes[id];
            slots[at] = id;
        }
    }

    /** Counts in how many texts each feature occurs and keeps those with enough; in the order of their hashes. */
    static Lexicon of(Reading reading, List<List<String>> texts, Options options) {
        int fields = texts.get(0).size();
        var counts = new Counts();
        for (List<String> text : texts) {
            var document = new Grams.Hashes();
            for (int field = 0; field < fields; field++) {
                reading.read(Grams.readable(text.get(field), options.mostRead()), field, document);
            }
            Arrays.sort(document.values, 0, document.size);
            for (int i = 0; i < document.size; i++) {
                if (i == 0 || document.values[i] != document.values[i - 1]) {
                    counts.add(document.values[i]);
                }
            }
        }
        long[] kept = counts.atLeast(options.minDocs());
        float[] rarity = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            rarity[i] = (float) (1 + Math.log((1.0 + texts.size()) / (1 + counts.of(kept[i]))));
        }
        return new Lexicon(reading, options.mostRead(), fields, kept, rarity);
    }

    int mostRead() {
        return mostRead;
    }

    int size() {
        return hashes.length;
    }

    int fields() {
        return fields;
    }

    long hash(int id) {
        return hashes[id];
    }

    float rarity(int id) {
        return rarity[id];
    }

    /** The vector of a text; the empty one for a text without a known feature. */
    Vector vector(List<String> text) {
        var ids = new int[64];
        var values = new float[64];
        int size = 0;
        var found = new Grams.Hashes();
        int[] hits = new int[256];
        for (int field = 0; field < fields; field++) {
            found.size = 0;
            reading.read(Grams.readable(text.get(field), mostRead), field, found);
            if (hits.length < found.size) {
                hits = new int[found.size * 2];
            }
            int known = 0;
            for (int i = 0; i < found.size; i++) {
                int id = find(found.values[i]);
                if (id >= 0) {
                    hits[known++] = id;
                }
            }
            Arrays.sort(hits, 0, known);
            if (ids.length < size + known) {
                ids = Arrays.copyOf(ids, (size + known) * 2);
                values = Arrays.copyOf(values, (size + known) * 2);
            }
            int begin = size;
            double length = 0;
            for (int i = 0; i < known; ) {
                int end = i;
                while (end < known && hits[end] == hits[i]) {
                    end++;
                }
                float value = (float) (1 + Math.log(end - i)) * rarity[hits[i]];
                ids[size] = hits[i];
                values[size++] = value;
                length += value * value;
                i = end;
            }
            float scale = (float) (1 / Math.sqrt(length * fields));
            for (int i = begin; i < size; i++) {
                values[i] *= scale;
            }
        }
        return new Vector(Arrays.copyOf(ids, size), Arrays.copyOf(values, size));
    }

    private int find(long hash) {
        int at = (int) hash & (keys.length - 1);
        while (slots[at] >= 0) {
            if (keys[at] == hash) {
                return slots[at];
            }
            at = (at + 1) & (keys.length - 1);
        }
        return -1;
    }

    /** How many texts have each hash. */
    private static final class Counts {
        private long[] keys = new long[1 << 16];
        private int[] counts = new int[1 << 16];
        private int size;

        void add(long hash) {
            if (size * 2 > keys.length) {
                grow();
            }
            int at = slot(hash);
            if (counts[at]++ == 0) {
                keys[at] = hash;
                size++;
            }
        }

        int of(long hash) {
            return counts[slot(hash)];
        }

        long[] atLeast(int most) {
            long[] kept = new long[size];
            int n = 0;
            for (int i = 0; i < keys.length; i++) {
                if (counts[i] >= most) {
                    kept[n++] = keys[i];
                }
            }
            kept = Arrays.copyOf(kept, n);
            Arrays.sort(kept);
            return kept;
        }

        private int slot(long hash) {
            int at = (int) hash & (keys.length - 1);
            while (counts[at] > 0 && keys[at] != hash) {
                at = (at + 1) & (keys.length - 1);
            }
            return at;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldCounts = counts;
            keys = new long[oldKeys.length * 2];
            counts = new int[keys.length];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldCounts[i] > 0) {
                    int at = slot(oldKeys[i]);
                    keys[at] = oldKeys[i];
                    counts[at] = oldCounts[i];
                }
            }
        }
    }
}
