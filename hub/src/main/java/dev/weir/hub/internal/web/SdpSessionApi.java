package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.StreamPorts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What follows an offer, for hosts (RFC 9725 §4.2, §4.3) and viewers alike: candidates, restarts, the end. */
@RestController
class SdpSessionApi {
    private static final String HOSTS = "/whip";
    private static final String VIEWERS = "/whep/{showId}";
    private static final String HOST = HOSTS + "/{session}";
    private static final String VIEWER = VIEWERS + "/{session}";

    private final StreamPorts ports;

    SdpSessionApi(StreamPorts ports) {
        this.ports = ports;
    }

    @PatchMapping({HOST, VIEWER})
    ResponseEntity<Object> patch(
            @PathVariable String session,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody String fragment) {
        return SdpExchange.patched(ports.webRtc().patch(session, ifMatch, SdpExchange.offer(fragment)));
    }

    @DeleteMapping({HOST, VIEWER})
    ResponseEntity<Object> end(@PathVariable String session) {
        return SdpExchange.left(ports.webRtc().delete(session));
    }

    @RequestMapping(
            path = {HOSTS, HOST, VIEWERS, VIEWER},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Object> options() {
        return SdpExchange.preflight();
    }

    /** GET and HEAD carry nothing; HEAD's type lets a player find out what this is. */
    @GetMapping({HOSTS, HOST, VIEWERS, VIEWER})
    ResponseEntity<Object> nothing() {
        return SdpExchange.nothing();
    }
}
