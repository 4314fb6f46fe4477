package dev.weir.hub.internal.web;

import dev.weir.hub.internal.live.StreamPorts;
import dev.weir.simulcast.WhipReply;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where browsers, OBS and FFmpeg go live over WebRTC (RFC 9725); the Bearer token is the stream key. */
@RestController
@RequestMapping("/whip")
class WhipApi {
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_KEY = 256;

    private final StreamPorts ports;

    WhipApi(StreamPorts ports) {
        this.ports = ports;
    }

    @PostMapping(consumes = SdpExchange.SDP)
    ResponseEntity<Object> publish(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestBody String offer,
            HttpServletRequest request) {
        String key = key(authorization);
        if (key == null) {
            return unauthenticated("Authorization: missing (expected: Bearer <stream key>)");
        }
        return switch (ports.publish(key, SdpExchange.offer(offer), request.getRemoteAddr())) {
            case WhipReply.Answered answered ->
                SdpExchange.created("/whip/" + answered.sessionId(), answered.etag(), answered.sdp());
            case WhipReply.Refused refused ->
                refused.status() == 401
                        ? unauthenticated(refused.reason())
                        : Problem.invalid(refused.status(), refused.reason()).answer(SdpExchange.shared());
            case WhipReply.Full full -> {
                HttpHeaders headers = SdpExchange.shared();
                headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(full.retryAfterSeconds()));
                yield Problem.of(503, "full", "No place left", full.reason()).answer(headers);
            }
        };
    }

    private static @Nullable String key(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String key = authorization.substring(BEARER.length()).strip();
        return key.isEmpty() || key.length() > LONGEST_KEY ? null : key;
    }

    private static ResponseEntity<Object> unauthenticated(String detail) {
        HttpHeaders headers = SdpExchange.shared();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"weir\"");
        return Problem.of(401, "unauthenticated", "The stream key opens no show", detail)
                .answer(headers);
    }
}
