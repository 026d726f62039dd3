package linge.media;

import java.time.Duration;
import linge.media.clean.Limits;
import linge.media.store.S3Settings;
import org.jspecify.annotations.Nullable;

/**
 * How much is taken in, and where it is kept.
 *
 * @param limits of one photo or video
 * @param count photos and videos a filing or a move may carry
 * @param waiting uploads of one person that belong to no case yet
 * @param keepWaiting how long such an upload is kept
 * @param uploads that may be under way at once on this node
 * @param atWork uploads that may be cleaned or wait for it at once on this node
 * @param stall how long an upload may send nothing
 * @param s3 null keeps files in the data folder
 */
public record MediaSettings(
        Limits limits,
        int count,
        int waiting,
        Duration keepWaiting,
        int uploads,
        int atWork,
        Duration stall,
        @Nullable S3Settings s3) {

    /** Nine of the usual size, a day to file them, in the data folder. */
    public static final MediaSettings USUAL =
            new MediaSettings(Limits.USUAL, 9, 30, Duration.ofHours(24), 200, 24, Duration.ofSeconds(30), null);

    public long photoBytes() {
        return limits.photoBytes();
    }

    public long videoBytes() {
        return limits.videoBytes();
    }

    public MediaSettings with(Limits other) {
        return new MediaSettings(other, count, waiting, keepWaiting, uploads, atWork, stall, s3);
    }

    public MediaSettings with(@Nullable S3Settings other) {
        return new MediaSettings(limits, count, waiting, keepWaiting, uploads, atWork, stall, other);
    }
}
