package linge.notify.wechat.platform;

/**
 * The official account as its owner sees it in WeChat's console.
 *
 * @param id its original id, {@code gh_…}: ToUserName of all pushes
 * @param token shared word that signs pushes
 * @param aesKey 43 characters: Base64 of an AES-256 key without its {@code =}
 */
public record Account(String id, String appId, String secret, String token, String aesKey) {}
