package dev.weir.routes;

import java.time.Duration;

/**
 * Where is Kafka, and how often and how wide do the routes work?
 *
 * @param kafka bootstrap servers, {@code host:port} separated by commas
 * @param partitions of each topic when the hub creates it, 1..100
 * @param replication of each topic when the hub creates it, 1..5
 * @param inboxConsumers Kafka consumers of the inbox in this process, 1..{@code partitions}
 * @param inboxLanes deliveries of one connection handled side by side, 1..32; those of one order never are
 * @param inboxGrace how old an unhandled delivery is when the sweep takes it up, 1 s..10 min
 * @param stockWindow how long changes of stock are gathered into one write, 0..5 s
 * @param stockResync how often what shops were told is compared with the ledger, 1 s..1 d
 * @param orderPoll how often shops that cannot push are asked for orders, 200 ms..1 h
 * @param pollOverlap how far each question reaches back before the last answer, 0..1 h
 * @param intake what becomes of deliveries while the database is away, and how long they are kept
 * @param twoPersons whether a changed route of orders or payments needs a second person before it comes into force
 */
public record RoutesSettings(
        String kafka,
        int partitions,
        int replication,
        int inboxConsumers,
        int inboxLanes,
        Duration inboxGrace,
        Duration stockWindow,
        Duration stockResync,
        Duration orderPoll,
        Duration pollOverlap,
        IntakeSettings intake,
        boolean twoPersons) {
    /** Refuses values out of range, naming them. */
    public RoutesSettings {
        if (kafka.isBlank()) {
            throw new IllegalArgumentException("kafka: blank (expected: host:port)");
        }
        range("partitions", partitions, 1, 100);
        range("replication", replication, 1, 5);
        range("inboxConsumers", inboxConsumers, 1, partitions);
        range("inboxLanes", inboxLanes, 1, 32);
        range("inboxGrace", inboxGrace, Duration.ofSeconds(1), Duration.ofMinutes(10));
        range("stockWindow", stockWindow, Duration.ZERO, Duration.ofSeconds(5));
        range("stockResync", stockResync, Duration.ofSeconds(1), Duration.ofDays(1));
        range("orderPoll", orderPoll, Duration.ofMillis(200), Duration.ofHours(1));
        range("pollOverlap", pollOverlap, Duration.ZERO, Duration.ofHours(1));
    }

    /** 6 partitions, 1 replica, 2 consumers, 4 lanes, grace 10 s, window 50 ms, resync 60 s, poll 5 s, overlap 60 s, two persons. */
    public static RoutesSettings defaults(String kafka) {
        return new RoutesSettings(
                kafka,
                6,
                1,
                2,
                4,
                Duration.ofSeconds(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                IntakeSettings.defaults(),
                true);
    }

    /** The same, with shops that cannot push asked every {@code every}. */
    public RoutesSettings withOrderPoll(Duration every) {
        return new RoutesSettings(
                kafka,
                partitions,
                replication,
                inboxConsumers,
                inboxLanes,
                inboxGrace,
                stockWindow,
                stockResync,
                every,
                pollOverlap,
                intake,
                twoPersons);
    }

    /** The same, with another intake. */
    public RoutesSettings withIntake(IntakeSettings other) {
        return with(other, twoPersons);
    }

    /** The same, with or without the rule of two persons. */
    public RoutesSettings withTwoPersons(boolean needed) {
        return with(intake, needed);
    }

    private RoutesSettings with(IntakeSettings other, boolean needed) {
        return new RoutesSettings(
                kafka,
                partitions,
                replication,
                inboxConsumers,
                inboxLanes,
                inboxGrace,
                stockWindow,
                stockResync,
                orderPoll,
                pollOverlap,
                other,
                needed);
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }

    static void range(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }
}
