package linge.notify.sms;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jspecify.annotations.Nullable;

/**
 * A status report in a {@code deliver_sm}: {@code id:… stat:DELIVRD err:000 …}. SMPP 3.4 leaves the text to each vendor
 * (appendix B), so it is read for what matters and not held to a form; where the gateway says the number beside the text, that
 * counts.
 */
final class SmppReceipt {

    private static final Pattern ID = Pattern.compile("\\bid:\\s*(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STATE = Pattern.compile("\\bstat:\\s*([A-Z]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ERROR = Pattern.compile("\\berr:\\s*(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_ERROR = Pattern.compile("0*");

    private SmppReceipt() {}

    /** @throws IllegalArgumentException when it says nothing of which message or what became of it */
    static @Nullable SmsReport read(DeliverSm message, SmsReports reports) {
        byte[] bytes = message.getShortMessage();
        String text = bytes == null ? "" : new String(bytes, StandardCharsets.US_ASCII);
        String state = found(STATE, text);
        if (state == null) {
            throw new IllegalArgumentException("no state in " + text.replaceAll("\\d{7,}", "…"));
        }
        String error = found(ERROR, text);
        boolean arrived = state.equalsIgnoreCase("DELIVRD");
        // The carrier's own code tells more than "undelivered", if there is one.
        String code = error == null || NO_ERROR.matcher(error).matches() ? state : error;
        return reports.report(Smpp.NAME, number(message, text), arrived, null, code, state);
    }

    private static @Nullable String number(DeliverSm message, String text) {
        OptionalParameter.Receipted_message_id beside =
                message.getOptionalParameter(OptionalParameter.Receipted_message_id.class);
        return beside != null ? beside.getValueAsString() : found(ID, text);
    }

    private static @Nullable String found(Pattern what, String text) {
        Matcher matcher = what.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
