package linge.notify.wechat.platform;

/**
 * How unreliable the way of pushes is, in shares of them: lost at first (and pushed again after 5 s), held back until the
 * next {@link WeChatPlatform#tick()} so that later ones overtake, and brought twice.
 */
public record Chaos(double drop, double delay, double duplicate) {
    public static final Chaos NONE = new Chaos(0, 0, 0);
}
