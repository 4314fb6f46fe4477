package dev.weir.hub.internal.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Why was a call refused, where, and what was expected? RFC 9457. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<FieldError> errors,
        @JsonAnyGetter Map<String, Object> more) {
    private static final Pattern MESSAGE =
            Pattern.compile("^([\\w.\\[\\]-]+): (.*) \\(expected: (.*)\\)(.*)$", Pattern.DOTALL);

    /** One value that was refused. */
    record FieldError(String field, String value, String expected) {}

    static Problem of(int status, String type, String title, String detail) {
        return new Problem("/problems/" + type, title, status, detail, List.of(), Map.of());
    }

    /** A refused value; {@code message} in the house's form {@code name: value (expected: what)} is told apart. */
    static Problem invalid(int status, String message) {
        String shown = message.length() > 500 ? message.substring(0, 500) + "…" : message;
        Matcher matcher = MESSAGE.matcher(shown);
        List<FieldError> errors = matcher.matches()
                ? List.of(new FieldError(matcher.group(1), matcher.group(2), matcher.group(3)))
                : List.of();
        return new Problem("/problems/invalid", "That cannot be accepted", status, shown, errors, Map.of());
    }

    Problem with(String name, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(more);
        extended.put(name, value);
        return new Problem(type, title, status, detail, errors, extended);
    }

    ResponseEntity<Object> answer() {
        return answer(new HttpHeaders());
    }

    ResponseEntity<Object> answer(HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    static ResponseEntity<Object> retryLater(String detail, long seconds) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
        return of(503, "unavailable", "Try again shortly", detail).answer(headers);
    }
}
