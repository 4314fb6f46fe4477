package dev.weir.magento;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;

/** How does the hub find Magento? */
public final class MagentoProvider implements ChannelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public MagentoProvider() {}

    @Override
    public Channel create(ChannelKit kit) {
        return new MagentoChannel(kit);
    }
}
