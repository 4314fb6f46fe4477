package dev.weir.pim;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;

/** How does the hub find the brand's own product system? */
public final class PimProvider implements ChannelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PimProvider() {}

    @Override
    public Channel create(ChannelKit kit) {
        return new PimChannel(kit);
    }
}
