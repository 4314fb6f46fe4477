package dev.weir.simulcast;

/**
 * Who decides whether a stream key is good?
 *
 * <p>Called on a virtual thread, concurrently for different publishers; it may block. Until it answers the encoder is
 * told nothing. A failure of the hook counts as a refusal.
 */
@FunctionalInterface
public interface PublishAuth {

    /** Decides about one attempt. A key that is being published already is taken over when the answer is yes. */
    PublishVerdict authorize(PublishRequest request);
}
