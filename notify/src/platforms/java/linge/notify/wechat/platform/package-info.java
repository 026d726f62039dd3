/**
 * WeChat's side of an official account, on loopback, for tests: it keeps the rules we know of (tokens, quotas, windows,
 * consents, field lengths) and counts what reached people.
 */
@org.jspecify.annotations.NullMarked
package linge.notify.wechat.platform;
