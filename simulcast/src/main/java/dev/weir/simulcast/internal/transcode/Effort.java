package dev.weir.simulcast.internal.transcode;

/** How many of the pictures are coded when there is not the time for all of them? */
public enum Effort {
    /** All. */
    ALL,
    /** Every second one. */
    HALF,
    /** None: they are decoded only, because later ones are made from them. */
    NONE
}
