package dev.weir.hub.internal.web;

import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import java.net.URI;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a show's stream goes besides the player, and where its encoder publishes. */
@RestController
@RequestMapping("/api/shows/{id}")
class TargetApi {
    private static final Set<String> SCHEMES = Set.of("rtmp", "rtmps", "srt");

    private final Shows shows;
    private final ShowStreams streams;
    private final OutgoingAddresses addresses;

    TargetApi(Shows shows, ShowStreams streams, OutgoingAddresses addresses) {
        this.shows = shows;
        this.streams = streams;
        this.addresses = addresses;
    }

    record NewTarget(
            @Nullable String name,
            @Nullable String url,
            @Nullable String channel) {}

    @GetMapping("/targets")
    Map<String, Object> list(@PathVariable String id) {
        return Map.of("items", streams.targets(Callers.own(shows, id).id()));
    }

    @PostMapping("/targets")
    ResponseEntity<Object> add(@PathVariable String id, @RequestBody NewTarget body) {
        Show show = Callers.own(shows, id);
        if (show.state() == Show.State.ENDED) {
            throw new IllegalStateException("The show has ended: it has no more targets");
        }
        String url = Inputs.text("url", body.url(), 2_000);
        addresses.check("url", url, SCHEMES);
        UUID target = UUID.randomUUID();
        streams.putTarget(show, target, Inputs.text("name", body.name(), 100), body.channel(), url);
        return ResponseEntity.created(URI.create("/api/shows/" + show.id() + "/targets/" + target))
                .body(streams.targets(show.id()).stream()
                        .filter(view -> view.id().equals(target.toString()))
                        .findFirst()
                        .orElseThrow());
    }

    @DeleteMapping("/targets/{targetId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, @PathVariable String targetId) {
        streams.removeTarget(Callers.own(shows, id).id(), Inputs.uuid("targetId", targetId));
    }

    @GetMapping("/ingest")
    Map<String, String> ingest(@PathVariable String id) {
        Show show = Callers.own(shows, id);
        return Map.of("rtmpUrl", streams.rtmpUrl(), "streamKey", shows.streamKey(show.id()));
    }
}
