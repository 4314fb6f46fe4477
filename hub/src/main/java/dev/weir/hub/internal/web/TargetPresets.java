package dev.weir.hub.internal.web;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.connectors.LiveDestination;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.simulcast.TargetPreset;
import dev.weir.simulcast.VideoLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What can a new stream target begin with? The platforms that are known; where a brand has connected an account, what its
 * channel says of that account goes before what is known of the platform in general.
 */
@Component
class TargetPresets {
    private static final String KEY = "{key}";
    private static final String SERVER = "{server}";

    private final Connections connections;
    private final Channels channels;

    TargetPresets(Connections connections, Channels channels) {
        this.connections = connections;
        this.channels = channels;
    }

    /**
     * One item of the form.
     *
     * @param choice unique among the items
     * @param id the preset to post
     * @param server where to begin with; null when it has to be pasted
     * @param keyNeeded false where {@code server} holds all of the address
     * @param account whose account this is; null where none is connected
     */
    record Item(
            String choice,
            String id,
            String name,
            @Nullable String channel,
            @Nullable String server,
            boolean keyNeeded,
            String help,
            @Nullable VideoLimits limits,
            boolean uncertain,
            List<String> uncertainties,
            @Nullable Map<String, String> account) {}

    List<Item> of(String brand) {
        List<Connection> accounts = connections.active().stream()
                .filter(connection -> connection.brand().equals(brand))
                .filter(this::streams)
                .toList();
        List<Item> items = new ArrayList<>();
        for (TargetPreset preset : TargetPreset.values()) {
            if (preset != TargetPreset.CUSTOM) {
                List<Item> own = own(preset, accounts);
                items.addAll(own.isEmpty() ? List.of(plain(preset)) : own);
            }
        }
        return items;
    }

    private boolean streams(Connection connection) {
        return channels.find(connection.channel())
                .map(Channel::capabilities)
                .filter(can -> can.contains(Capability.LIVE_DESTINATION))
                .isPresent();
    }

    private List<Item> own(TargetPreset preset, List<Connection> accounts) {
        Map<Connection, LiveDestination.Preset> said = new LinkedHashMap<>();
        for (Connection account : accounts) {
            channels.find(account.channel()).orElseThrow().liveDestination(account).presets().stream()
                    .filter(one -> one.name().equals(preset.title()))
                    .findFirst()
                    .ifPresent(one -> said.put(account, one));
        }
        List<Item> items = new ArrayList<>();
        said.forEach((account, one) -> items.add(item(preset, account, one, said.size() > 1)));
        return items;
    }

    private static Item item(
            TargetPreset preset, Connection account, LiveDestination.Preset said, boolean oneOfSeveral) {
        boolean keyNeeded = said.ingest().contains(KEY);
        String server = said.ingest().replaceFirst("/?\\{key}.*$", "");
        return new Item(
                preset.name() + "@" + account.id(),
                preset.name(),
                oneOfSeveral ? preset.title() + " · " + account.name() : preset.title(),
                preset.channel(),
                server.isBlank() || server.contains(SERVER) ? preset.server() : server,
                keyNeeded,
                said.keySource(),
                limits(preset.limits(), said),
                !preset.uncertain().isEmpty(),
                preset.uncertain(),
                Map.of("id", account.id().toString(), "name", account.name()));
    }

    private static Item plain(TargetPreset preset) {
        return new Item(
                preset.name(),
                preset.name(),
                preset.title(),
                preset.channel(),
                preset.server(),
                true,
                preset.guide(),
                preset.limits(),
                !preset.uncertain().isEmpty(),
                preset.uncertain(),
                null);
    }

    /** What both allow: the target itself is held against the platform's own. */
    private static @Nullable VideoLimits limits(@Nullable VideoLimits known, LiveDestination.Preset said) {
        if (known == null) {
            return null;
        }
        return new VideoLimits(
                Math.min(known.maxKbps(), said.maxKilobits()),
                Math.min(known.maxLongEdge(), said.maxHeight()),
                known.maxShortEdge(),
                Math.min(known.maxFps(), said.maxFps()),
                known.bFrames(),
                known.maxGopMillis(),
                known.shape());
    }
}
