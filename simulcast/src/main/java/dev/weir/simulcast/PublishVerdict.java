package dev.weir.simulcast;

/** May this publisher go on, and if not, why? */
public sealed interface PublishVerdict {

    /**
     * Yes.
     *
     * @param sink receives the frames of this publisher only, and its end
     */
    record Accepted(StreamSink sink) implements PublishVerdict {}

    /**
     * No. The encoder is told {@code NetStream.Publish.BadName} and disconnected.
     *
     * @param reason shown to the person at the encoder; must hold no secret
     */
    record Refused(String reason) implements PublishVerdict {}
}
