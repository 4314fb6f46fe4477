package dev.weir.hub.internal.web;

import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.connections.TargetStore;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.simulcast.TargetFit;
import dev.weir.simulcast.TargetPreset;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a show's stream goes besides the player, and where its encoder publishes. */
@RestController
class TargetApi {
    private static final Set<String> SCHEMES = Set.of("rtmp", "rtmps", "srt", "whip", "whips", "https");

    private final Shows shows;
    private final ShowStreams streams;
    private final StreamPorts ports;
    private final OutgoingAddresses addresses;
    private final TargetPresets presets;

    TargetApi(Shows shows, ShowStreams streams, StreamPorts ports, OutgoingAddresses addresses, TargetPresets presets) {
        this.shows = shows;
        this.streams = streams;
        this.ports = ports;
        this.addresses = addresses;
        this.presets = presets;
    }

    /** {@code url} whole, or {@code server} (null: the preset's own) and {@code key} apart; {@code fit} null: as it is. */
    record NewTarget(
            @Nullable String name,
            @Nullable String url,
            @Nullable String channel,
            @Nullable String preset,
            @Nullable String server,
            @Nullable String key,
            @Nullable String fit) {}

    /** What is not null is changed: the address by {@code url} or {@code key}, what becomes of misfits by {@code fit}. */
    record TargetChange(
            @Nullable String url,
            @Nullable String server,
            @Nullable String key,
            @Nullable String fit) {}

    @GetMapping("/api/target-presets")
    Map<String, Object> presets() {
        return Map.of("items", presets.of(Callers.current().brand()));
    }

    @GetMapping("/api/shows/{id}/targets")
    Map<String, Object> list(@PathVariable String id) {
        Show show = Callers.own(shows, id);
        return Map.of("items", TargetView.all(streams, show.id()));
    }

    @PostMapping("/api/shows/{id}/targets")
    ResponseEntity<Object> add(@PathVariable String id, @RequestBody NewTarget body) {
        Show show = goingOn(Callers.own(shows, id));
        TargetPreset preset = body.preset() == null ? TargetPreset.CUSTOM : preset(body.preset());
        UUID target = UUID.randomUUID();
        String given = body.name() == null || body.name().isBlank() ? preset.title() : body.name();
        streams.putTarget(new TargetStore.Target(
                target,
                show.id(),
                show.brand(),
                Inputs.text("name", preset == TargetPreset.CUSTOM ? body.name() : given, 100),
                body.channel() == null ? preset.channel() : body.channel(),
                preset,
                fit(body.fit()),
                address(preset, body.url(), body.server(), body.key())));
        return ResponseEntity.created(URI.create("/api/shows/" + show.id() + "/targets/" + target))
                .body(TargetView.one(streams, show.id(), target));
    }

    @PutMapping("/api/shows/{id}/targets/{targetId}")
    TargetView change(@PathVariable String id, @PathVariable String targetId, @RequestBody TargetChange body) {
        Show show = goingOn(Callers.own(shows, id));
        TargetStore.Target present = target(show, targetId);
        boolean moved = body.url() != null || body.server() != null || body.key() != null;
        streams.putTarget(new TargetStore.Target(
                present.id(),
                present.showId(),
                present.brand(),
                present.name(),
                present.channel(),
                present.preset(),
                body.fit() == null ? present.fit() : fit(body.fit()),
                moved ? address(present.preset(), body.url(), body.server(), body.key()) : present.url()));
        return TargetView.one(streams, show.id(), present.id());
    }

    @PostMapping("/api/shows/{id}/targets/{targetId}/retry")
    TargetView retry(@PathVariable String id, @PathVariable String targetId) {
        Show show = goingOn(Callers.own(shows, id));
        UUID target = target(show, targetId).id();
        streams.retryTarget(show.id(), target);
        return TargetView.one(streams, show.id(), target);
    }

    @DeleteMapping("/api/shows/{id}/targets/{targetId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, @PathVariable String targetId) {
        streams.removeTarget(Callers.own(shows, id).id(), Inputs.uuid("targetId", targetId));
    }

    @GetMapping("/api/shows/{id}/ingest")
    Map<String, Object> ingest(@PathVariable String id) {
        Show show = Callers.own(shows, id);
        String key = shows.streamKey(show.id());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("rtmpUrl", ports.rtmpUrl());
        view.put("rtmpsUrl", ports.rtmpsUrl().orElse(null));
        view.put(
                "srtUrl",
                show.state() == Show.State.ENDED
                        ? null
                        : ports.srtUrl(show.id(), key).orElse(null));
        view.put("whipUrl", ports.whipUrl());
        view.put("streamKey", key);
        return view;
    }

    private TargetStore.Target target(Show show, String targetId) {
        return streams.target(show.id(), Inputs.uuid("targetId", targetId))
                .orElseThrow(() -> new NotFound("targetId", targetId));
    }

    private static Show goingOn(Show show) {
        if (show.state() == Show.State.ENDED) {
            throw new IllegalStateException("The show has ended: it has no more targets");
        }
        return show;
    }

    private String address(TargetPreset preset, @Nullable String url, @Nullable String server, @Nullable String key) {
        String whole = url == null ? preset.url(server, key == null ? "" : key) : Inputs.text("url", url, 2_000);
        addresses.check(url == null ? "server" : "url", whole, SCHEMES);
        return whole;
    }

    private static TargetPreset preset(String name) {
        try {
            return TargetPreset.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "preset: %s (expected: one of %s)".formatted(shortened(name), List.of(TargetPreset.values())), e);
        }
    }

    private static TargetFit fit(@Nullable String name) {
        try {
            return name == null ? TargetFit.AS_IS : TargetFit.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fit: %s (expected: one of %s)"
                            .formatted(shortened(String.valueOf(name)), List.of(TargetFit.values())),
                    e);
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) : text;
    }
}
