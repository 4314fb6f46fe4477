package dev.weir.reservation;

/** Who answers a tap that comes too late? */
public enum GateState {
    /** Redis does, for every brand. */
    OPEN,
    /** Redis is away, or not believed for a brand until it has been rebuilt: the ledger answers, slower, and nothing is sold twice. */
    CLOSED,
    /** This hub has no Redis: the ledger answers always. */
    LEDGER_ONLY
}
