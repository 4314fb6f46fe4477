package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.RetryAfter;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of TikTok Shop a failure? Success is {@code code} 0 in the body, whatever the HTTP status. One for each call,
 * because it keeps the gateway's time when the stamp was refused.
 */
final class TikTokFaults implements Classifier {
    private static final int MAX_TEXT = 300;

    private final String operation;
    private final boolean safe;
    private final Clock clock;
    private volatile boolean stampRefused;
    private volatile @Nullable Instant theirTime;

    /** For one call; {@code safe} says whether sending it again does no harm. */
    TikTokFaults(String operation, boolean safe, Clock clock) {
        this.operation = operation;
        this.safe = safe;
        this.clock = clock;
    }

    /** Whether the stamp was refused, before anything was carried out. */
    boolean stampRefused() {
        return stampRefused;
    }

    /** The time at the gateway, when it refused ours and said what it is. */
    @Nullable
    Instant theirTime() {
        return theirTime;
    }

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        JsonNode body;
        try {
            body = TikTokClient.JSON.readTree(answer.body());
        } catch (IOException e) {
            return noEnvelope(answer, e);
        }
        if (!body.path("code").isIntegralNumber()) {
            return noEnvelope(answer, null);
        }
        int code = body.path("code").asInt();
        return code == 0 ? null : refusal(answer, code, body.path("message").asText());
    }

    private ChannelException refusal(HttpAnswer answer, int code, String message) {
        if (TikTokCodes.isOfClock(code, message)) {
            stampRefused = true;
            theirTime = date(answer);
        }
        String shown = message.length() > MAX_TEXT ? message.substring(0, MAX_TEXT) : message;
        Duration wait = code == TikTokCodes.HOURLY_CAP
                ? untilNextHour()
                : RetryAfter.in(answer).orElse(null);
        return new ChannelException(
                TikTokCodes.fault(code, message, safe),
                TikTokCodes.suspect(code, message) + operation + ": " + code + " " + shown,
                wait,
                null);
    }

    private ChannelException noEnvelope(HttpAnswer answer, @Nullable IOException cause) {
        Fault fault = switch (answer.status()) {
            case 429 -> Fault.THROTTLED;
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404 -> Fault.REJECTED;
            default -> safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
        };
        return new ChannelException(
                fault,
                operation + ": HTTP " + answer.status() + " without an envelope",
                RetryAfter.in(answer).orElse(null),
                cause);
    }

    /** The cap of test shops counts by the hour. */
    private Duration untilNextHour() {
        Instant now = clock.instant();
        return Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
    }

    private static @Nullable Instant date(HttpAnswer answer) {
        String date = answer.header("date");
        try {
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
