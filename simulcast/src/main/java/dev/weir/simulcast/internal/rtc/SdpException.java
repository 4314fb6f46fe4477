package dev.weir.simulcast.internal.rtc;

/** Says which part of an offer cannot be accepted, and with which HTTP status. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status 400 malformed, 406 nothing in it that we can do, 422 understood and not acceptable
     */
    public SdpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
