package dev.weir.simulcast;

/** Is this unit picture or sound? A live has at most one track of each. */
public enum Track {
    VIDEO,
    AUDIO
}
