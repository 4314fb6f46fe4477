package dev.weir.hub.internal.web;

import dev.weir.simulcast.DeleteReply;
import dev.weir.simulcast.PatchReply;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The part of WHIP (RFC 9725 §4) and WHEP that is the same: which headers an answer carries, and who may read them. */
final class SdpExchange {
    static final String SDP = "application/sdp";
    static final String FRAGMENT = "application/trickle-ice-sdpfrag";
    static final int MAX_BYTES = 64 * 1024;

    private SdpExchange() {}

    /** Any origin may play or publish: what protects a stream is its show or its key, never a cookie. */
    static HttpHeaders shared() {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccessControlAllowOrigin("*");
        headers.setAccessControlExposeHeaders(List.of("Location", "ETag", "Link", "Retry-After"));
        return headers;
    }

    static ResponseEntity<Object> preflight() {
        HttpHeaders headers = shared();
        headers.set("Accept-Post", SDP);
        headers.set("Access-Control-Allow-Methods", "POST, PATCH, DELETE, OPTIONS, GET, HEAD");
        headers.set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match");
        headers.setAccessControlMaxAge(86_400);
        return new ResponseEntity<>(headers, HttpStatus.NO_CONTENT);
    }

    static ResponseEntity<Object> created(String location, String etag, String sdp) {
        HttpHeaders headers = shared();
        headers.setLocation(URI.create(location));
        headers.setETag(etag);
        headers.setContentType(MediaType.valueOf(SDP));
        headers.setCacheControl("no-store");
        return new ResponseEntity<>(sdp, headers, HttpStatus.CREATED);
    }

    static ResponseEntity<Object> patched(PatchReply reply) {
        return switch (reply) {
            case PatchReply.Accepted _ -> new ResponseEntity<>(shared(), HttpStatus.NO_CONTENT);
            case PatchReply.Restarted restarted -> {
                HttpHeaders headers = shared();
                headers.setETag(restarted.etag());
                headers.setContentType(MediaType.valueOf(FRAGMENT));
                yield new ResponseEntity<>(restarted.sdpFragment(), headers, HttpStatus.OK);
            }
            case PatchReply.Refused refused ->
                Problem.invalid(refused.status(), refused.reason()).answer(shared());
        };
    }

    static ResponseEntity<Object> left(DeleteReply reply) {
        return switch (reply) {
            case ENDED -> new ResponseEntity<>(shared(), HttpStatus.OK);
            case TAKEN_OVER ->
                Problem.of(410, "taken-over", "Taken over", "session: another with the same key took its place")
                        .answer(shared());
            case UNKNOWN ->
                Problem.of(404, "not-found", "Not found", "session: not there (expected: one that is open)")
                        .answer(shared());
        };
    }

    static ResponseEntity<Object> nothing() {
        HttpHeaders headers = shared();
        headers.setContentType(MediaType.valueOf(SDP));
        return new ResponseEntity<>(headers, HttpStatus.NO_CONTENT);
    }

    static String offer(String body) {
        if (body.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "offer: %d characters (expected: at most %d)".formatted(body.length(), MAX_BYTES));
        }
        return body;
    }
}
