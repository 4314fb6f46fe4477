package dev.weir.connectors.http;

import java.time.Duration;
import java.util.Optional;

/**
 * What are the terms of a platform that has no quota and no figures, only a server that can be overrun? Magento: 429 and 503 close the
 * budget for their {@code Retry-After}, or 2 s; any other 5xx, and answers slower than {@code slow}, halve the pace or take a
 * fifth of it away; what was taken comes back little by little within a minute (additive increase, multiplicative decrease).
 */
public final class BackPressure implements BudgetTerms {
    private static final Duration CLOSED_UNLESS_STATED = Duration.ofSeconds(2);
    /** Magento takes 5..60 s for big writes. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final double AFTER_FAILURE = 0.5;
    private static final double AFTER_SLOW_ANSWER = 0.8;

    private final Bucket bucket;
    private final Duration slow;

    /** A server that is never sent more than {@code perSecond} calls (more than 0), and whose good answers take less than {@code slow}. */
    public BackPressure(double perSecond, Duration slow) {
        bucket = new Bucket("", Math.max(1, perSecond), perSecond);
        this.slow = slow;
    }

    @Override
    public Bucket bucket() {
        return bucket;
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public Optional<Reading> learn(HttpAnswer answer) {
        if (answer.status() == 429 || answer.status() == 503) {
            return Optional.of(new Reading.Closed(RetryAfter.in(answer).orElse(CLOSED_UNLESS_STATED)));
        }
        if (answer.status() >= 500) {
            return Optional.of(new Reading.Slower(AFTER_FAILURE));
        }
        return answer.took().compareTo(slow) > 0
                ? Optional.of(new Reading.Slower(AFTER_SLOW_ANSWER))
                : Optional.empty();
    }
}
