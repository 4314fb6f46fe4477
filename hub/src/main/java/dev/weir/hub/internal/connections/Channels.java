package dev.weir.hub.internal.connections;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.ChannelProvider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Which channels does this hub carry? Whatever the class path offers; none is named here. */
public final class Channels {
    private final Map<String, Channel> byName = new LinkedHashMap<>();

    /** Opens every channel on the class path with {@code kit}. */
    public Channels(ChannelKit kit) {
        for (ChannelProvider provider : ServiceLoader.load(ChannelProvider.class)) {
            Channel channel = provider.create(kit);
            byName.put(channel.name(), channel);
        }
    }

    /** By name. */
    public Map<String, Channel> all() {
        return java.util.Collections.unmodifiableMap(byName);
    }

    /** The channel of that name. */
    public Optional<Channel> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
