package dev.weir.hub.internal.security;

/** What may a caller do? */
public enum Role {
    /** Connects shops and targets, plans shows. */
    OPERATOR,
    /** Runs a show. */
    PRODUCER,
    /** Looks after deliveries and routes. */
    OPS,
    /** Reads the books. */
    FINANCE;

    /** As in keys and messages. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
