package linge.notify;

/** Where a delivery stands: the labels equal those of the PostgreSQL type {@code delivery_state}. */
public enum DeliveryState {
    /** Not tried, or in hand for the first time. */
    PENDING,
    /** Tried in vain; will be tried again. */
    FAILED,
    /** The other side took it. */
    SENT,
    /** A receipt of the other side says that it arrived. */
    DELIVERED,
    /** This channel could not reach the person; another delivery goes over the next one. */
    PASSED_ON,
    /** Told together with a later one about the same matter. */
    MERGED,
    /** Given up with a reason: waits for an operator. */
    PARKED,
    /** Its deadline passed before it could be sent. */
    EXPIRED
}
