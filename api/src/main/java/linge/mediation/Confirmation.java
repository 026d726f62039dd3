package linge.mediation;

/** How far an agreement is with the court (人民调解法第三十三条); {@code NONE} before there is one. */
enum Confirmation {
    NONE("没有协议"),
    OPEN("可以申请"),
    APPLIED("已申请，等法院裁定"),
    CONFIRMED("法院裁定有效"),
    REFUSED("法院驳回"),
    DECLINED("双方不申请"),
    LAPSED("期限已过");

    private final String label;

    Confirmation(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
