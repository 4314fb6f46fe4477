package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.ShowRecordings;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.live.StreamNumbers;
import dev.weir.hub.internal.live.ViewerEdge;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingState;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a player finds a show's picture, live or afterwards, and how the stream does. */
@RestController
@RequestMapping("/api/shows/{id}")
class MediaInfoApi {
    private final Shows shows;
    private final RunSheet runSheet;
    private final ShowStreams streams;
    private final StreamNumbers numbers;
    private final ShowRecordings recordings;
    private final ViewerEdge edge;

    MediaInfoApi(
            Shows shows,
            RunSheet runSheet,
            ShowStreams streams,
            StreamNumbers numbers,
            ShowRecordings recordings,
            ViewerEdge edge) {
        this.shows = shows;
        this.runSheet = runSheet;
        this.streams = streams;
        this.numbers = numbers;
        this.recordings = recordings;
        this.edge = edge;
    }

    /**
     * One recording to play back.
     *
     * @param mp4 all of it in one file; null until that is ready, and when it takes several
     * @param downloads the files to download, in their order; one as a rule
     * @param note for people: why it is not as long as the live, or takes several files; null when there is nothing to say
     */
    record Replay(
            int epoch,
            String hls,
            @Nullable String mp4,
            List<String> downloads,
            @Nullable String note,
            Instant startedAt,
            long millis) {}

    /** A product on the picture: from and to in milliseconds of that recording; {@code toMillis} null: to its end. */
    record Mark(
            String sku,
            int epoch,
            long fromMillis,
            @Nullable Long toMillis) {}

    @GetMapping("/media")
    Map<String, Object> media(@PathVariable String id) throws IOException {
        Show show = Callers.any(shows, id);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(
                "state",
                show.state() == Show.State.ENDED
                        ? "ENDED"
                        : numbers.host(show.id()).state());
        view.put("whep", edge.whep(show.id()).orElse("/whep/" + show.id()));
        view.put("hls", edge.hls(show.id()).orElse("/live/" + show.id() + "/index.m3u8"));
        view.put("cdn", "/live/" + show.id() + "/cdn.m3u8");
        List<Replay> replays = replays(show);
        view.put("replay", replays.isEmpty() ? null : replays.getLast());
        view.put("replays", replays);
        return view;
    }

    /** What was pinned where on the picture. */
    @GetMapping("/timeline")
    Map<String, Object> timeline(@PathVariable String id) throws IOException {
        Show show = Callers.any(shows, id);
        List<Replay> replays = replays(show);
        List<Mark> marks = runSheet.pins(show.id()).stream()
                .flatMap(pin -> PinMarks.of(pin, replays).stream())
                .toList();
        return Map.of("items", marks, "replays", replays);
    }

    @GetMapping("/numbers")
    Map<String, Object> numbers(@PathVariable String id) {
        Show show = Callers.own(shows, id);
        StreamNumbers.Snapshot now = numbers.of(show);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", now.at());
        view.put("host", now.host());
        view.put("targets", TargetView.all(streams, show.id()));
        view.put("viewers", now.viewers());
        view.put("history", now.history());
        view.put("recordingsWaiting", recordings.waiting(show.id()));
        return view;
    }

    private List<Replay> replays(Show show) throws IOException {
        return recordings.list(show.id()).stream()
                .filter(recording -> recording.state() != RecordingState.RECORDING && recording.millis() > 0)
                .map(MediaInfoApi::replay)
                .toList();
    }

    private static Replay replay(Recording recording) {
        String base = "/replays/" + recording.showId() + "/" + recording.epoch() + "/";
        List<String> downloads =
                recording.downloads().stream().map(base::concat).toList();
        return new Replay(
                recording.epoch(),
                base + Recording.PLAYLIST,
                downloads.size() == 1 ? downloads.getFirst() : null,
                downloads,
                recording.reason(),
                recording.startedAt(),
                recording.millis());
    }
}
