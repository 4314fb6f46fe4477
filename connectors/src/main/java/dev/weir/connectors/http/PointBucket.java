package dev.weir.connectors.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * What are the terms of a platform that charges points for each query and says in its body how many are left? Shopify's GraphQL:
 * {@code extensions.cost} with {@code actualQueryCost} and {@code throttleStatus}, whose figures are numbers with or without
 * decimals. A throttled query is charged nothing. Answers without a cost (refused before they were weighed) say nothing.
 *
 * <p>What refills in one second is left in the bucket: a call is counted here when it is sent and there when it arrives, and a full
 * bucket gains nothing in between.
 */
public final class PointBucket implements BudgetTerms {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double SECONDS_UNDER_WAY = 1;
    /** Refused at the door, or answered by a gateway before it; if a query was run all the same, the next answer tells. */
    private static final Reading NOT_WEIGHED = new Reading.Charged(0);

    private final Bucket bucket;

    /** A bucket of {@code limit} points that restores {@code perSecond} points each second until an answer says otherwise. */
    public PointBucket(double limit, double perSecond) {
        bucket = new Bucket("", counted(limit, perSecond), perSecond);
    }

    @Override
    public Bucket bucket() {
        return bucket;
    }

    @Override
    public Optional<Reading> learn(HttpAnswer answer) {
        if (answer.status() == 429) {
            return RetryAfter.in(answer).map(Reading.Closed::new);
        }
        return answer.status() == 200 ? level(answer) : Optional.of(NOT_WEIGHED);
    }

    private static Optional<Reading> level(HttpAnswer answer) {
        JsonNode cost;
        try {
            cost = JSON.readTree(answer.body()).path("extensions").path("cost");
        } catch (IOException e) {
            return Optional.of(NOT_WEIGHED);
        }
        JsonNode status = cost.path("throttleStatus");
        double limit = status.path("maximumAvailable").asDouble();
        double rate = status.path("restoreRate").asDouble();
        if (!status.path("currentlyAvailable").isNumber() || !(limit > 0) || !(rate > 0)) {
            return Optional.empty();
        }
        double left = status.path("currentlyAvailable").asDouble();
        double charged = Math.max(0, cost.path("actualQueryCost").asDouble(0));
        return Optional.of(new Reading.Level(left, counted(limit, rate), rate, charged));
    }

    private static double counted(double limit, double perSecond) {
        return Math.max(limit / 2, limit - perSecond * SECONDS_UNDER_WAY);
    }
}
