package dev.weir.hub.internal.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import dev.weir.connectors.ChannelException;
import dev.weir.live.ChatRoom;
import dev.weir.routes.Inbox;
import dev.weir.routes.RouteEdits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns every failure into a problem that says what to do; nothing internal leaves the house. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> invalid(IllegalArgumentException e) {
        return Problem.invalid(422, String.valueOf(e.getMessage())).answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> forbidden(AccessDeniedException e) {
        return Problem.of(403, "forbidden", "Not for this key", String.valueOf(e.getMessage()))
                .answer();
    }

    /** Each with its line, so that an editor can show them all. */
    @ExceptionHandler
    ResponseEntity<Object> refused(RouteEdits.Refused e) {
        return Problem.invalid(422, String.valueOf(e.getMessage()))
                .with("wrongs", e.wrongs())
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> conflict(IllegalStateException e, HttpServletRequest request) {
        LOG.debug("{} {} in a wrong state", request.getMethod(), request.getRequestURI(), e);
        return Problem.of(409, "conflict", "Not in this state", String.valueOf(e.getMessage()))
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(NotFound e) {
        Problem problem = Problem.invalid(404, String.valueOf(e.getMessage()));
        return new Problem("/problems/not-found", "Not found", 404, problem.detail(), problem.errors(), problem.more())
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> tooFast(ChatRoom.TooFast e) {
        return Problem.of(429, "too-fast", "Slow down a little", String.valueOf(e.getMessage()))
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e) {
        Throwable cause = e.getCause();
        if (cause instanceof JsonMappingException mapping) {
            String path = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."))
                    .replace(".[", "[");
            String said = mapping.getCause() instanceof IllegalArgumentException inner
                    ? String.valueOf(inner.getMessage())
                    : mapping.getOriginalMessage();
            int colon = said.indexOf(": ");
            boolean house = colon > 0 && said.contains(" (expected: ");
            return Problem.invalid(
                            422,
                            house && !path.isEmpty()
                                    ? path + said.substring(colon)
                                    : path + ": " + said + " (expected: a value of the documented type)")
                    .answer();
        }
        String where = cause instanceof JsonProcessingException json && json.getLocation() != null
                ? " at line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr()
                : "";
        return Problem.invalid(400, "body: not readable" + where + " (expected: a JSON object)")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> mistyped(MethodArgumentTypeMismatchException e) {
        Class<?> type = e.getRequiredType();
        return Problem.invalid(
                        422,
                        e.getName() + ": " + e.getValue() + " (expected: "
                                + (type == null ? "another type" : type.getSimpleName()) + ")")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(MissingServletRequestParameterException e) {
        return Problem.invalid(422, e.getParameterName() + ": missing (expected: " + e.getParameterType() + ")")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> missing(MissingRequestHeaderException e) {
        return Problem.invalid(422, e.getHeaderName() + ": missing (expected: a value)")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Object> full(ClientRoom.Full e) {
        return Problem.retryLater(String.valueOf(e.getMessage()), 5);
    }

    /** What a platform's ability refuses becomes the caller's business, the platform's, or a matter of waiting. */
    @ExceptionHandler
    ResponseEntity<Object> channel(ChannelException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.fault()) {
            case REJECTED -> Problem.invalid(422, detail).answer();
            case UNSUPPORTED, NOT_FOUND ->
                Problem.of(404, "not-found", "Not found", detail).answer();
            case CONFLICT ->
                Problem.of(409, "conflict", "Changed meanwhile", detail).answer();
            case TRANSIENT, THROTTLED, OUTCOME_UNKNOWN -> Problem.retryLater(detail, 2);
            case UNAUTHORISED ->
                Problem.of(502, "shop-refuses", "The shop does not let us in", detail)
                        .answer();
        };
    }

    @ExceptionHandler({DataAccessException.class, CannotCreateTransactionException.class, Inbox.Unavailable.class})
    ResponseEntity<Object> storeAway(Exception e, HttpServletRequest request) {
        LOG.warn("{} {}: the database did not answer", request.getMethod(), request.getRequestURI(), e);
        return Problem.retryLater("The store cannot be reached; nothing was changed.", 2);
    }

    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.trace("A client left", e);
    }

    @ExceptionHandler
    ResponseEntity<Object> other(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return Problem.of(
                            status.value(),
                            status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                            status.getReasonPhrase(),
                            String.valueOf(known.getBody().getDetail()))
                    .answer(
                            known.getHeaders().isEmpty()
                                    ? new org.springframework.http.HttpHeaders()
                                    : known.getHeaders());
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return Problem.of(500, "internal", "Something broke on our side", "It was recorded; nothing was half-done.")
                .answer();
    }
}
