/** WeChat's official account as a way in: messages, sign-in, pages inside WeChat, codes to scan. */
@org.jspecify.annotations.NullMarked
package linge.wechat;
