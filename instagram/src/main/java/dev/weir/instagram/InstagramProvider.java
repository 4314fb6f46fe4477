package dev.weir.instagram;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;

/** How does the hub find Instagram? */
public final class InstagramProvider implements ChannelProvider {
    /** For {@link java.util.ServiceLoader}. */
    public InstagramProvider() {}

    @Override
    public Channel create(ChannelKit kit) {
        return new InstagramChannel(kit);
    }
}
