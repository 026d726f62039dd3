package linge.media.clean;

import linge.shared.Refusal;
import linge.shared.Refusal.Kind;

/** Every sentence that says why a photo or video is not taken. */
public final class MediaRefusals {
    private MediaRefusals() {}

    public static Refusal tooLarge(MediaKind kind, Limits limits) {
        long megabytes = limits.bytes(kind) / 1_000_000;
        return Refusal.of(
                Kind.TOO_LARGE,
                kind == MediaKind.PHOTO
                        ? "照片不能超过 " + megabytes + " MB，请压缩后再传，或换一张。"
                        : "视频不能超过 " + megabytes + " MB，请剪短或降低清晰度后再传。");
    }

    /** Before the first byte is seen nobody knows which of the two it is. */
    public static Refusal tooLarge(Limits limits) {
        return Refusal.of(
                Kind.TOO_LARGE,
                "文件太大：照片不能超过 " + limits.photoBytes() / 1_000_000 + " MB，视频不能超过 " + limits.videoBytes() / 1_000_000
                        + " MB。");
    }

    public static Refusal empty() {
        return Refusal.of(Kind.UNREADABLE_BODY, "没有收到照片或视频的内容，请重新选择后再传。");
    }

    public static Refusal unknown() {
        return Refusal.of(Kind.UNSUPPORTED_TYPE, "这个文件不是能用的照片或视频。照片请用 JPEG、PNG、WebP、GIF 或 BMP，视频请用 MP4 或 MOV。");
    }

    public static Refusal heic() {
        return Refusal.of(
                Kind.UNSUPPORTED_TYPE,
                "这张照片是 HEIC 格式，暂时打不开。苹果手机请到“设置 › 相机 › 格式”选“兼容性最佳”，" + "安卓手机请在相机设置里关掉“高效图片（HEIF）”，再拍一张；也可以对着照片截屏后上传截图。");
    }

    static Refusal brokenPhoto() {
        return Refusal.of(Kind.NOT_SENSIBLE, "这张照片已损坏，打不开，请换一张或重新拍摄。");
    }

    static Refusal tooManyPixels(int width, int height, long limit) {
        return Refusal.of(
                Kind.NOT_SENSIBLE,
                "这张照片有 " + width + "×" + height + " 个像素，超过了 " + limit / 1_000_000 + "00 万像素的上限，请缩小后再传。");
    }

    static Refusal brokenVideo() {
        return Refusal.of(Kind.NOT_SENSIBLE, "这段视频已损坏或不完整，打不开，请换一段或重新拍摄。");
    }

    static Refusal noPicture() {
        return Refusal.of(Kind.UNSUPPORTED_TYPE, "这个文件里没有能播放的画面。视频请用手机自带相机拍摄的 MP4 或 MOV。");
    }

    static Refusal fragmented() {
        return Refusal.of(Kind.UNSUPPORTED_TYPE, "这段视频是分片格式，暂时不能接收。请用手机自带相机拍摄，或先保存到相册再上传。");
    }

    static Refusal tooLong(int seconds) {
        return Refusal.of(Kind.NOT_SENSIBLE, "视频不能超过 " + seconds + " 秒，请剪短后再传。");
    }

    /** Too many at work; {@code seconds} later trying again makes sense. */
    public static Refusal busy(int seconds) {
        return Refusal.of(Kind.NOT_READY, "正在处理的照片和视频太多，请 " + seconds + " 秒后再试。")
                .with("retryAfter", seconds);
    }

    public static Refusal tooManyWaiting(int count) {
        return Refusal.of(Kind.TOO_OFTEN, "您已上传 " + count + " 个还没有提交的照片或视频，请先提交或删掉一些。");
    }

    public static Refusal stalled() {
        return Refusal.of(Kind.UNREADABLE_BODY, "上传中断太久，请检查网络后重新上传。");
    }
}
