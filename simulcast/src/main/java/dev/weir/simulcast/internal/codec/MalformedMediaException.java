package dev.weir.simulcast.internal.codec;

/** Says which part of what a publisher sent cannot be understood. */
public final class MalformedMediaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedMediaException(String message) {
        super(message);
    }
}
