package dev.weir.simulcast;

/**
 * Who asks to publish, and where?
 *
 * @param app RTMP application name, for example {@code live}; may hold slashes
 * @param key stream key as sent, with its query if it has one; a secret
 * @param remoteAddress address of the encoder, without port
 */
public record PublishRequest(String app, String key, String remoteAddress) {

    /** Leaves the key out, so that a log line cannot give it away. */
    @Override
    public String toString() {
        return "PublishRequest[app=%s, key=%s, remoteAddress=%s]".formatted(app, Redaction.keyHash(key), remoteAddress);
    }
}
