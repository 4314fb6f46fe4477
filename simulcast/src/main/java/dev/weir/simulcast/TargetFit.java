package dev.weir.simulcast;

/** What shall become of a stream that exceeds a target's limits? */
public enum TargetFit {
    /** Sent as the host made it; the target's status says what does not fit. */
    AS_IS,
    /** Re-encoded within the limits, once for all targets whose limits are near each other. */
    REENCODE
}
