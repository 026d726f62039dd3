package linge.clocks;

/** Working days of this year are not known: its notice was not imported. An answer, not a fault, so no stack trace. */
public final class CalendarUnknown extends RuntimeException {

    private final int year;

    CalendarUnknown(int year) {
        super(words(year), null, false, false);
        this.year = year;
    }

    /** One Chinese sentence for whoever reads a deadline that reaches into such a year. */
    static String words(int year) {
        return year + " 年的节假日安排还没有导入，不能推算工作日；请管理员导入国务院办公厅的通知。";
    }

    public int year() {
        return year;
    }
}
