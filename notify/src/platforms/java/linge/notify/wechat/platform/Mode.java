package linge.notify.wechat.platform;

/** How pushes travel. */
public enum Mode {
    /** In the open. */
    PLAIN,
    /** In the open and encrypted beside it. */
    BOTH,
    /** Encrypted only. */
    SAFE
}
