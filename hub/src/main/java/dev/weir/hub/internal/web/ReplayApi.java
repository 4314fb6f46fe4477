package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.ShowRecordings;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Recordings for players: a playlist into one file, read by byte range, and the file to download. */
@RestController
@RequestMapping("/replays/{showId}/{epoch}")
class ReplayApi {
    private final Shows shows;
    private final ShowRecordings recordings;

    ReplayApi(Shows shows, ShowRecordings recordings) {
        this.shows = shows;
        this.recordings = recordings;
    }

    @GetMapping("/{name:.+}")
    ResponseEntity<Object> file(
            @PathVariable String showId,
            @PathVariable int epoch,
            @PathVariable String name,
            @RequestHeader(name = "Range", required = false) @Nullable String range)
            throws IOException {
        Show show = Callers.any(shows, showId);
        Optional<ByteSpan> asked = ByteSpan.parse(range);
        ByteSpan span = asked.orElse(ByteSpan.ALL);
        Optional<RecordingStore.Content> content =
                !served(name) ? Optional.empty() : recordings.open(show.id(), epoch, name, span.from(), span.length());
        if (content.isEmpty()) {
            throw new NotFound("recording", epoch + "/" + (name.length() > 80 ? name.substring(0, 80) : name));
        }
        return answer(name, content.get(), asked.isPresent(), span.from());
    }

    /** The recorder's own notes stay in the house. */
    private static boolean served(String name) {
        return name.equals(Recording.PLAYLIST) || name.equals(Recording.ANCHORS) || name.endsWith(".mp4");
    }

    private static ResponseEntity<Object> answer(
            String name, RecordingStore.Content content, boolean partial, long from) throws IOException {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (content.length() == 0 && partial && content.total() > 0) {
            content.body().close();
            headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + content.total());
            return new ResponseEntity<>(headers, HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
        }
        headers.setContentType(type(name));
        headers.setContentLength(content.length());
        // The list grows while the live runs; bytes that are there do not change.
        headers.setCacheControl(
                name.equals(Recording.PLAYLIST) ? CacheControl.noCache() : CacheControl.maxAge(Duration.ofMinutes(1)));
        if (partial) {
            headers.set(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes " + from + "-" + (from + content.length() - 1) + "/" + content.total());
        }
        return new ResponseEntity<>(
                new InputStreamResource(content.body()), headers, partial ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK);
    }

    private static MediaType type(String name) {
        if (name.endsWith(".m3u8")) {
            return MediaType.valueOf("application/vnd.apple.mpegurl");
        }
        return name.endsWith(".jsonl") ? MediaType.APPLICATION_NDJSON : MediaType.valueOf("video/mp4");
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String showId, @PathVariable int epoch) throws IOException {
        Show show = Callers.own(shows, showId);
        if (!recordings.delete(show.id(), epoch)) {
            throw new NotFound("recording", String.valueOf(epoch));
        }
    }
}
