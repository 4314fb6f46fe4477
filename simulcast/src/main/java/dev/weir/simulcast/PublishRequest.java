package dev.weir.simulcast;

/**
 * Who asks to publish, and where?
 *
 * @param protocol how the stream comes in
 * @param app RTMP application name, for example {@code live}; may hold slashes; {@code live} for other protocols
 * @param key stream key as sent, with its query if it has one; a secret
 * @param remoteAddress address of the encoder, without port
 */
public record PublishRequest(Protocol protocol, String app, String key, String remoteAddress) {

    /** Leaves the key out, so that a log line cannot give it away. */
    @Override
    public String toString() {
        return "PublishRequest[protocol=%s, app=%s, key=%s, remoteAddress=%s]"
                .formatted(protocol, app, Redaction.keyHash(key), remoteAddress);
    }
}
