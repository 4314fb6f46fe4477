package dev.weir.tiktokshop.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.HttpCall;
import dev.weir.connectors.http.Lane;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which {@code uri} does TikTok know a picture? It takes none by address: ours is fetched, and uploaded once. The last 1,000
 * are remembered. Pictures that it does not take (anything but JPEG, PNG and WebP) give way to the operator's own for such cases.
 * Thread-safe.
 */
public final class Pictures {
    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    private static final int REMEMBERED = 1_000;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private final ChannelHttp http;
    private final Map<String, String> uploaded = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** Pictures of every shop. */
    public Pictures(ChannelHttp http) {
        this.http = http;
    }

    /** The uri of the picture at {@code address}, or of the operator's; null when there is neither. */
    @Nullable
    String uri(TikTokClient client, @Nullable URI address) {
        String own = address == null ? null : known(client, address.toString());
        String fallback = client.connection().setting("fallbackImageUrl", "");
        return own != null || fallback.isEmpty() ? own : known(client, fallback);
    }

    private @Nullable String known(TikTokClient client, String address) {
        String key = client.connection().id() + " " + address;
        String uri = uploaded.get(key);
        if (uri == null) {
            byte[] picture = fetch(address);
            uri = picture == null ? null : upload(client, picture, address);
            if (uri != null) {
                uploaded.put(key, uri);
            }
        }
        return uri;
    }

    private @Nullable String upload(TikTokClient client, byte[] picture, String address) {
        try {
            String uri = client.send(TikTokCall.upload(
                            Lane.CATALOGUE,
                            "ImageUpload",
                            "/product/202309/images/upload",
                            picture,
                            Map.of("use_case", "MAIN_IMAGE")))
                    .path("uri")
                    .asText("");
            return uri.isEmpty() ? null : uri;
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            LOG.warn("TikTok Shop does not take the picture {}: {}", address, e.getMessage());
            return null;
        }
    }

    /** The bytes, when they are a picture of a kind that TikTok takes; null with a word in the log otherwise. */
    private byte @Nullable [] fetch(String address) {
        try {
            URI uri = URI.create(address);
            HttpCall call =
                    HttpCall.get("Picture", uri, Map.of("accept", "image/*")).in(Lane.CATALOGUE);
            byte[] bytes = http.exchange(host(uri), call, Pictures::fault).body();
            if (isTaken(bytes)) {
                return bytes;
            }
            LOG.warn("{} is no picture that TikTok Shop takes (expected: JPEG, PNG or WebP)", address);
        } catch (ChannelException | IllegalArgumentException e) {
            LOG.warn("The picture {} cannot be had: {}", address, e.getMessage());
        }
        return null;
    }

    /** Whoever keeps the pictures is no platform of ours: its failures must not close the way to TikTok. */
    private static Connection host(URI uri) {
        String name = "pictures of " + uri.getHost();
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Connection(id, "", "tiktok-shop", name, Map.of());
    }

    private static @Nullable ChannelException fault(HttpAnswer answer) {
        return answer.status() == 200
                ? null
                : new ChannelException(Fault.NOT_FOUND, "HTTP " + answer.status() + " (expected: 200)");
    }

    private static boolean isTaken(byte[] bytes) {
        boolean webp =
                bytes.length > 12 && new String(bytes, 0, 12, StandardCharsets.ISO_8859_1).matches("(?s)RIFF....WEBP");
        return starts(bytes, PNG) || starts(bytes, JPEG) || webp;
    }

    private static boolean starts(byte[] bytes, byte[] magic) {
        return bytes.length > magic.length && java.util.Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }
}
