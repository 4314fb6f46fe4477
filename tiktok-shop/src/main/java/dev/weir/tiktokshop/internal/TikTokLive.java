package dev.weir.tiktokshop.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.LiveDestination;
import java.util.List;

/**
 * Where does TikTok LIVE take a stream? No API says: address and key are shown to granted accounts for each live, so both are
 * pasted. Limits are common practice, not published, and therefore settings.
 */
public final class TikTokLive implements LiveDestination {
    private static final int KILOBITS = 6_000;
    private static final int HEIGHT = 1_920;
    private static final int FPS = 30;

    private final Connection connection;

    /** Destinations of one shop. */
    public TikTokLive(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<Preset> presets() {
        return List.of(new Preset(
                "TikTok LIVE",
                "{server}/{key}",
                "In TikTok LIVE Center or LIVE Studio choose to go live with streaming software and copy \"Server URL\" and"
                        + " \"Stream key\": both are new for every live. Accounts without that choice show the hub's player"
                        + " to LIVE Manager as a virtual camera. Products are pinned at TikTok by hand.",
                connection.number("liveKilobits", KILOBITS, 1, 100_000),
                connection.number("liveHeight", HEIGHT, 1, 10_000),
                connection.number("liveFps", FPS, 1, 240),
                true));
    }
}
