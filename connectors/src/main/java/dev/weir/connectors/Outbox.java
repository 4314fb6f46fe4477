package dev.weir.connectors;

import java.util.List;
import java.util.Map;

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
