package dev.weir.reservation;

/** Did the hold become a sale? */
public sealed interface CommitOutcome {
    /** The units are sold. */
    record Committed(Hold hold) implements CommitOutcome {}

    /** It was committed before, with the same or another cause: nothing moved now. */
    record AlreadyCommitted(Hold hold) implements CommitOutcome {}

    /** Too late, released or unknown: {@code reason} says which; whoever paid must get their money back. */
    record Lost(String reason) implements CommitOutcome {}
}
