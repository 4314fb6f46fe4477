package dev.weir.simulcast;

/** Is there something to see? */
public enum LivePhase {
    /** No host has sent a frame yet. */
    WAITING,
    /** The host's frames pass. */
    ON_AIR,
    /** The host is away for a moment; viewers and targets are kept with its last picture and silence. */
    GAP,
    /** The host was away for too long, or the show is over. A host who comes now begins the next epoch. */
    ENDED
}
