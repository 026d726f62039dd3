package linge.media.clean;

/** What an upload is; the labels equal those of the database's enum. */
public enum MediaKind {
    PHOTO("image/jpeg", ".jpg"),
    VIDEO("video/mp4", ".mp4");

    private final String type;
    private final String ending;

    MediaKind(String type, String ending) {
        this.type = type;
        this.ending = ending;
    }

    /** The media type it is served as: what we make, whatever was sent. */
    public String type() {
        return type;
    }

    /** The ending of its name in a store. */
    public String ending() {
        return ending;
    }
}
