package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import linge.shared.Refusal;
import org.junit.jupiter.api.Test;

class CaseNumberTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    @Test
    void a_number_has_twelve_digits_and_begins_with_the_day() {
        String number = CaseNumber.of(DAY, 42);
        assertEquals(12, number.length());
        assertEquals("26112300042", number.substring(0, 11));
    }

    @Test
    void a_number_is_read_with_spaces_dashes_and_full_width_digits() {
        String number = CaseNumber.of(DAY, 42);
        assertEquals(
                number,
                CaseNumber.parse(number.substring(0, 4) + " " + number.substring(4, 8) + "-" + number.substring(8)));
        StringBuilder wide = new StringBuilder();
        number.chars().forEach(c -> wide.append((char) (c - '0' + '０')));
        assertEquals(number, CaseNumber.parse(wide.toString()));
    }

    @Test
    void every_single_wrong_digit_is_caught() {
        String number = CaseNumber.of(DAY, 90817);
        for (int at = 0; at < number.length(); at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit == number.charAt(at)) {
                    continue;
                }
                String wrong = number.substring(0, at) + digit + number.substring(at + 1);
                Refusal refusal = assertThrows(Refusal.class, () -> CaseNumber.parse(wrong), wrong);
                assertEquals(Refusal.Kind.NOT_FOUND, refusal.kind());
            }
        }
    }

    @Test
    void different_sequences_give_different_numbers() {
        assertNotEquals(CaseNumber.of(DAY, 1), CaseNumber.of(DAY, 2));
    }

    @Test
    void what_is_no_number_says_so() {
        for (String typed : new String[] {"", "12", "abcdefghijkl", "261123000427000", "２６", "' OR 1=1 --"}) {
            assertThrows(Refusal.class, () -> CaseNumber.parse(typed), typed);
        }
    }
}
