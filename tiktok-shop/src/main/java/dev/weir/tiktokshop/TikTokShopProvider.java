package dev.weir.tiktokshop;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;

/** How does the hub find TikTok Shop? */
public final class TikTokShopProvider implements ChannelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public TikTokShopProvider() {}

    @Override
    public Channel create(ChannelKit kit) {
        return new TikTokShopChannel(kit);
    }
}
