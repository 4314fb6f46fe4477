package dev.weir.simulcast;

/** How far is a recording? */
public enum RecordingState {
    /** It is being written; what is there can be played already. */
    RECORDING,
    /** It has ended and can be played; the file to download is being made. */
    ENDED,
    /** There is also a file to download. */
    READY
}
