package dev.weir.shopify;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;

/** How does the hub find Shopify? */
public final class ShopifyProvider implements ChannelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ShopifyProvider() {}

    @Override
    public Channel create(ChannelKit kit) {
        return new ShopifyChannel(kit);
    }
}
