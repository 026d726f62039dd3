package linge.notify.wechat.platform;

/** How an endpoint can fail. */
public enum Fault {
    /** Errcode -1: nothing done, and said so. */
    BUSY,
    /** Errcode 40001 for a token that is good, as after a change on WeChat's side: nothing done. */
    TOKEN_REFUSED,
    /** A proxy's HTML with status 502: nothing done, though the caller cannot know. */
    BAD_GATEWAY,
    /** The connection breaks before anything is done. */
    LOST_REQUEST,
    /** It is done, and the connection breaks before the answer. */
    LOST_ANSWER,
    /** It is done, and the answer waits for {@link Faults#release()}. */
    HELD_ANSWER
}
