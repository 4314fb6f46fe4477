package dev.weir.instagram.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.LiveDestination;
import java.util.List;

/**
 * Where does Meta take a live stream? Instagram's Live Producer hands out address and key for each broadcast, to people only:
 * no API makes, starts or ends one. Figures: Meta's own guidance of 2022 for Instagram, the Live API's reference for Facebook.
 *
 * @param connection may name another address than the usual one, as Live Producer showed it ({@code liveIngest})
 */
public record InstagramLive(Connection connection) implements LiveDestination {
    private static final String INGEST = "rtmps://live-upload.instagram.com:443/rtmp/{key}";
    private static final int SOUND = 256;

    @Override
    public List<Preset> presets() {
        return List.of(
                new Preset(
                        "Instagram Live",
                        ingest(),
                        "On instagram.com: Create, Live video. Copy stream URL and key, the key with everything after its"
                                + " question mark; both are new for every broadcast. Press Go live there once the preview"
                                + " shows. It ends after 4 hours.",
                        6_000 + SOUND,
                        1_280,
                        60,
                        true),
                new Preset(
                        "Facebook Live",
                        "rtmps://live-api-s.facebook.com:443/rtmp/{key}",
                        "On facebook.com: Live video, Streaming software. The Page needs 100 followers, the account 60 days."
                                + " It ends after 8 hours.",
                        6_000 + SOUND,
                        1_920,
                        30,
                        false));
    }

    private String ingest() {
        String set = connection.setting("liveIngest", "");
        if (set.isBlank()) {
            return INGEST;
        }
        return set.contains("{key}") ? set : (set.endsWith("/") ? set : set + "/") + "{key}";
    }
}
