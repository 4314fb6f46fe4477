package dev.weir.simulcast.internal.rtmp;

/** Says how a peer broke the protocol; ends that peer's connection only. */
final class RtmpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RtmpException(String message) {
        super(message);
    }
}
