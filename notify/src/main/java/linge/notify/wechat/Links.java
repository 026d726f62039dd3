package linge.notify.wechat;

import linge.notify.Audience;
import org.jspecify.annotations.Nullable;

/** Where a tap on a message leads. */
@FunctionalInterface
public interface Links {

    /**
     * The page about a notice's subject, for one who reads it inside WeChat.
     *
     * @param subject e.g. a case's number
     * @return an absolute URL, or null when there is none to open
     */
    @Nullable
    String to(Audience who, String subject);
}
