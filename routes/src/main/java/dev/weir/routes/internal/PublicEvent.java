package dev.weir.routes.internal;

import java.time.Instant;

/**
 * One event as others get it: on a public topic and by webhook, the same bytes.
 *
 * @param id the same at every delivery
 * @param isLevel whether a newer one of the same subject makes this one worthless
 * @param sequence grows from event to event of a subject
 * @param body the whole envelope, as {@code docs/events} describes it
 */
record PublicEvent(
        String id,
        String brand,
        String topic,
        String type,
        String subject,
        boolean isLevel,
        long sequence,
        Instant at,
        String body) {}
