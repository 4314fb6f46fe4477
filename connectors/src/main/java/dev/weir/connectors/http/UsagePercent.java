package dev.weir.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What are the terms of a platform that says in percent how much of the allowance is used? Meta's headers {@code X-App-Usage},
 * {@code X-Business-Use-Case-Usage} (an object of arrays, by business or catalogue) and {@code X-Ad-Account-Usage}; the largest figure
 * counts. Up to 60 % (or what {@link #freeUpTo} says) the bucket refills as it is, from there ever slower, and at 100 % it is closed for the longest
 * {@code estimated_time_to_regain_access} (minutes) or {@code reset_time_duration} (seconds), or 1 minute when none is named.
 */
public final class UsagePercent implements BudgetTerms {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEADERS =
            List.of("x-app-usage", "x-business-use-case-usage", "x-ad-account-usage");
    private static final List<String> FIGURES = List.of("call_count", "total_time", "total_cputime", "acc_id_util_pct");
    private static final double FREE_UP_TO = 60;
    private static final double FULL = 100;
    private static final Duration CLOSED_UNLESS_STATED = Duration.ofMinutes(1);

    private final Bucket bucket;
    private final double free;

    /** A bucket for calls whose answers carry the headers; {@code perSecond} (more than 0) is the pace while little is used. */
    public UsagePercent(String name, double perSecond) {
        this(new Bucket(name, Math.max(1, perSecond), perSecond), FREE_UP_TO);
    }

    private UsagePercent(Bucket bucket, double free) {
        this.bucket = bucket;
        this.free = free;
    }

    /** The same, where the pace is as it is up to {@code percent}, 1..99: for budgets that are counted exactly as well. */
    public UsagePercent freeUpTo(double percent) {
        if (!(percent >= 1 && percent < FULL)) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 1..99)");
        }
        return new UsagePercent(bucket, percent);
    }

    @Override
    public Bucket bucket() {
        return bucket;
    }

    @Override
    public Optional<Reading> learn(HttpAnswer answer) {
        double used = 0;
        double seconds = 0;
        for (String header : HEADERS) {
            for (JsonNode usage : usages(answer.header(header))) {
                for (String figure : FIGURES) {
                    used = Math.max(used, usage.path(figure).asDouble());
                }
                seconds = Math.max(
                        seconds,
                        Math.max(
                                usage.path("estimated_time_to_regain_access").asDouble() * 60,
                                usage.path("reset_time_duration").asDouble()));
            }
        }
        return reading(used, seconds);
    }

    private Optional<Reading> reading(double used, double seconds) {
        if (used >= FULL) {
            return Optional.of(new Reading.Closed(seconds > 0 ? RetryAfter.seconds(seconds) : CLOSED_UNLESS_STATED));
        }
        return used > free ? Optional.of(new Reading.Pace((FULL - used) / (FULL - free))) : Optional.empty();
    }

    /** Every object of figures in the header's value, however deep it lies; none when it cannot be read. */
    private static List<JsonNode> usages(@org.jspecify.annotations.Nullable String value) {
        if (value == null) {
            return List.of();
        }
        try {
            JsonNode root = JSON.readTree(value);
            List<JsonNode> found = new java.util.ArrayList<>(List.of(root));
            root.forEach(one -> {
                found.add(one);
                one.forEach(found::add);
            });
            return found;
        } catch (IOException e) {
            return List.of();
        }
    }
}
