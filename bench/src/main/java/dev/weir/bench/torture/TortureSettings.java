package dev.weir.bench.torture;

import java.time.Duration;

/**
 * How is the hub tortured?
 *
 * @param webhooks 1 or more
 * @param seed the same seed is the same script, order of deliveries and plan of blows; when each strikes depends on the machine
 * @param kills how often the hub is killed, 0 or more; the last time when everything has been accepted
 * @param flushes how often Redis forgets everything
 * @param postgresRestarts how often PostgreSQL is killed
 * @param postgresDown how long it stays away
 * @param kafkaDown how long Kafka is stopped, once; zero: not at all
 * @param spool whether deliveries are taken in while PostgreSQL is away; otherwise they are refused then
 * @param senders deliveries under way at once
 */
public record TortureSettings(
        int webhooks,
        long seed,
        int kills,
        int flushes,
        int postgresRestarts,
        Duration postgresDown,
        Duration kafkaDown,
        boolean spool,
        int senders) {

    /** Nothing is killed, and each webhook comes once, in order. */
    TortureSettings calm() {
        return new TortureSettings(webhooks, seed, 0, 0, 0, Duration.ZERO, Duration.ZERO, spool, senders);
    }
}
