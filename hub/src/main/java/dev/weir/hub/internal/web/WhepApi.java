package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.hub.internal.live.ViewerEdge;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.WhepReply;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The player's sub-second path (draft-ietf-wish-whep): an SDP offer in, an answer and a session's address out. */
@RestController
@RequestMapping("/whep/{showId}")
class WhepApi {
    private final Shows shows;
    private final ShowStreams streams;
    private final StreamPorts ports;
    private final ViewerEdge edge;

    WhepApi(Shows shows, ShowStreams streams, StreamPorts ports, ViewerEdge edge) {
        this.shows = shows;
        this.ports = ports;
        this.streams = streams;
        this.edge = edge;
    }

    @PostMapping(consumes = SdpExchange.SDP)
    ResponseEntity<Object> join(@PathVariable String showId, @RequestBody String offer, HttpServletRequest request) {
        Show show = Callers.any(shows, showId);
        Optional<LiveStream> stream = streams.find(show.id());
        if (stream.isEmpty()) {
            return Problem.of(409, "no-stream", "Nobody is live", "show: " + showId + " has no stream now")
                    .answer(SdpExchange.shared());
        }
        return switch (ports.webRtc().whep(stream.get(), SdpExchange.offer(offer), request.getRemoteAddr())) {
            case WhepReply.Answered answered ->
                SdpExchange.created("/whep/" + show.id() + "/" + answered.sessionId(), answered.etag(), answered.sdp());
            case WhepReply.Refused refused ->
                Problem.invalid(refused.status(), refused.reason()).answer(SdpExchange.shared());
            case WhepReply.Full full -> full(show, full);
        };
    }

    /** An engine behind us takes who does not fit here; 307 keeps method and body (draft-ietf-wish-whep §4.5). */
    private ResponseEntity<Object> full(Show show, WhepReply.Full full) {
        HttpHeaders headers = SdpExchange.shared();
        Optional<String> elsewhere = edge.whep(show.id());
        if (elsewhere.isPresent()) {
            headers.setLocation(URI.create(elsewhere.get()));
            return new ResponseEntity<>(headers, HttpStatus.TEMPORARY_REDIRECT);
        }
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(full.retryAfterSeconds()));
        return Problem.of(503, "full", "No place left", full.reason()).answer(headers);
    }
}
