package dev.weir.connectors;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How does a change tell others with its own transaction? What is appended is written by the caller's database
 * transaction or not at all, and relayed to Kafka after it; never lost, delivered at least once, in order per key.
 */
@FunctionalInterface
public interface Outbox {
    /** Topic of {@code StockChanged}: compacted, keyed by {@code brand/sku}. Like the others here it is the hub's own. */
    String STOCK = "weir.internal.stock.v1";

    /** Topic of orders: keyed by the order's id. */
    String ORDERS = "weir.internal.orders.v1";

    /** Topic of shows: keyed by the show's id. */
    String SHOWS = "weir.internal.shows.v1";

    /** What was booked, captured and paid out: keyed by the order's or the payout's id. No part of the hub reads it. */
    String MONEY = "weir.internal.money.v1";

    /** Appends events in their order, in one journey to the database; nothing for an empty list. */
    void append(List<Event> events);

    /**
     * As {@link #append}, for a caller who has statements of its own to send with it: the answer is what it still has to run, in the
     * same transaction. Empty when there is nothing left to run.
     */
    default Optional<Insert> appending(List<Event> events) {
        append(events);
        return Optional.empty();
    }

    /** One statement with its parameters, in their order; arrays stand for columns. */
    record Insert(String sql, List<Object> parameters) {}

    /** Appends one event; see {@link Event}. */
    default void append(String brand, String topic, String key, String type, Map<String, ?> payload) {
        append(List.of(new Event(brand, topic, key, type, payload)));
    }

    /**
     * What happened?
     *
     * @param key what must stay in order
     * @param type the event's name, such as {@code StockChanged}
     * @param payload JSON-friendly values: text, numbers, booleans, instants, maps and lists of these
     */
    record Event(String brand, String topic, String key, String type, Map<String, ?> payload) {}
}
