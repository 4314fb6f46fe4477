package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.simulcast.HlsPackager;
import dev.weir.simulcast.HlsResource;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.PlaylistReply;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The stream for the player page, as low-latency HLS. Requests for what comes next wait on virtual threads. */
@RestController
class MediaApi {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);
    private static final Duration PART_WAIT = Duration.ofSeconds(2);

    private final ShowStreams streams;

    MediaApi(ShowStreams streams) {
        this.streams = streams;
    }

    @GetMapping("/live/{showId}/{name:.+}")
    ResponseEntity<?> serve(
            @PathVariable String showId,
            @PathVariable String name,
            @RequestParam(name = "_HLS_msn", required = false) @Nullable Long sequence,
            @RequestParam(name = "_HLS_part", required = false) @Nullable Integer part,
            @RequestParam(name = "_HLS_skip", required = false) @Nullable String skip)
            throws InterruptedException {
        UUID id = Inputs.uuid("showId", showId);
        LiveStream stream = streams.playable(id).orElseThrow(() -> new NotFound("showId", showId));
        if (part != null && sequence == null) {
            return Problem.invalid(400, "_HLS_msn: absent (expected: with _HLS_part)")
                    .answer();
        }
        if (name.equals(HlsPackager.PLAYLIST) && (sequence != null || skip != null)) {
            boolean delta = "YES".equals(skip) || "v2".equals(skip);
            long wanted = sequence == null ? -1 : Math.max(0, sequence);
            return switch (stream.playlist(wanted, part == null ? -1 : part, delta, LONGEST_WAIT)) {
                case PlaylistReply.Ready ready -> answer(ready.playlist());
                case PlaylistReply.TimedOut late -> Problem.retryLater("The host sends nothing right now.", 1);
                case PlaylistReply.TooFarAhead far ->
                    Problem.invalid(400, far.reason()).answer();
            };
        }
        Optional<HlsResource> found = stream.hls(name, PART_WAIT);
        return answer(found.orElseThrow(() -> new NotFound("name", name)));
    }

    private static ResponseEntity<byte[]> answer(HlsResource resource) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(resource.contentType()))
                .header("Access-Control-Allow-Origin", "*")
                .cacheControl(cache(resource))
                .body(resource.bytes());
    }

    private static CacheControl cache(HlsResource resource) {
        if (resource.cacheFor().isZero()) {
            return CacheControl.noCache();
        }
        CacheControl shared = CacheControl.maxAge(resource.cacheFor()).cachePublic();
        return resource.immutable() ? shared.immutable() : shared;
    }
}
