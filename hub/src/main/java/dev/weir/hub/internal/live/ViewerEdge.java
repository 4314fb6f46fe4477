package dev.weir.hub.internal.live;

import dev.weir.hub.internal.MediaSettings;
import dev.weir.simulcast.TargetSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which engine serves the viewers that this hub does not?
 *
 * <p>Set up under {@code weir.simulcast.edge}: the stream of each live is pushed there, and players are given its
 * addresses. Immutable.
 */
public final class ViewerEdge {
    private static final String SHOW = "{show}";
    private static final String PREFIX = "edge-";

    private final MediaSettings.Edge settings;

    ViewerEdge(MediaSettings.Edge settings) {
        this.settings = settings;
    }

    /** The engine's WHEP address for the show's players. */
    public Optional<String> whep(UUID showId) {
        return address(settings.whep(), showId);
    }

    /** The engine's HLS address for the show's players. */
    public Optional<String> hls(UUID showId) {
        return address(settings.hls(), showId);
    }

    /** Origins that a player's page must be allowed to reach. */
    public List<String> origins() {
        Set<String> origins = new LinkedHashSet<>();
        for (String template : List.of(settings.whep(), settings.hls())) {
            if (!template.isBlank()) {
                URI address = URI.create(template.replace(SHOW, "show"));
                origins.add(address.getScheme() + "://" + address.getAuthority());
            }
        }
        return List.copyOf(origins);
    }

    /** What the show's stream is pushed to; not a target that an operator sees or removes. */
    List<TargetSpec> targets(UUID showId) {
        List<TargetSpec> targets = new ArrayList<>();
        for (int i = 0; i < settings.push().size(); i++) {
            String url = settings.push().get(i).replace(SHOW, showId.toString());
            targets.add(new TargetSpec(PREFIX + i, "Edge " + (i + 1), null, url));
        }
        return targets;
    }

    /** Whether a target of that id is one of {@link #targets}. */
    static boolean owns(String targetId) {
        return targetId.startsWith(PREFIX);
    }

    private static Optional<String> address(String template, UUID showId) {
        return template.isBlank() ? Optional.empty() : Optional.of(template.replace(SHOW, showId.toString()));
    }
}
