package dev.weir.simulcast.internal.hls;

import dev.weir.simulcast.HlsResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Content types and cache times of what the packager serves (rfc8216bis appendix B.1). */
final class Files {

    private static final Duration IMMUTABLE = Duration.ofHours(1);

    private Files() {}

    static HlsResource init(byte[] bytes) {
        return new HlsResource(bytes, "video/mp4", true, IMMUTABLE);
    }

    static HlsResource segment(byte[] bytes) {
        return new HlsResource(bytes, "video/iso.segment", true, IMMUTABLE);
    }

    static HlsResource playlist(String text, Duration cacheFor) {
        return new HlsResource(text.getBytes(StandardCharsets.UTF_8), "application/vnd.apple.mpegurl", false, cacheFor);
    }
}
