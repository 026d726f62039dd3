/**
 * The three ways a WeChat official account (公众号) can write to one person, as rungs of the ladder, and the access token
 * that all nodes share.
 */
@org.jspecify.annotations.NullMarked
package linge.notify.wechat;
