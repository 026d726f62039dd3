package linge.grids.intake;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a file of grids.
 *
 * @param feature which feature, from 1; 0 for the file as a whole
 * @param code its grid code, as far as it could be read
 * @param detail one Chinese sentence
 */
public record GridFault(int feature, @Nullable String code, String detail) {

    static GridFault ofFile(String detail) {
        return new GridFault(0, null, detail);
    }

    /** As one line for a terminal. */
    public String line() {
        if (feature == 0) {
            return "文件：" + detail;
        }
        return "第" + feature + "个要素" + (code == null ? "" : "（" + code + "）") + "：" + detail;
    }
}
