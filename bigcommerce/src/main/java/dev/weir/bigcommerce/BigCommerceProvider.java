package dev.weir.bigcommerce;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;

/** How does the hub find BigCommerce? */
public final class BigCommerceProvider implements ChannelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public BigCommerceProvider() {}

    @Override
    public Channel create(ChannelKit kit) {
        return new BigCommerceChannel(kit);
    }
}
