package dev.weir.bench.hold;

import dev.weir.connectors.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** When is an event on disk? The outbox of a hub, overheard. Thread-safe. */
public final class HeardOutbox implements Outbox {
    private final Outbox real;
    private volatile Consumer<Heard> listener = event -> {};

    HeardOutbox(Outbox real) {
        this.real = real;
    }

    /** What was committed, and when that was done. */
    public record Heard(String type, Map<String, ?> payload, Instant at) {

        /** The SKU that it is about. */
        public String sku() {
            return String.valueOf(payload.get("sku"));
        }

        /** A whole number of the payload. */
        public long number(String name) {
            return ((Number) Objects.requireNonNull(payload.get(name), name)).longValue();
        }
    }

    void hear(Consumer<Heard> next) {
        listener = next;
    }

    @Override
    public void append(List<Event> events) {
        real.append(events);
        overhear(events);
    }

    @Override
    public Optional<Insert> appending(List<Event> events) {
        Optional<Insert> insert = real.appending(events);
        overhear(events);
        return insert;
    }

    private void overhear(List<Event> events) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    Instant now = Instant.now();
                    events.forEach(event -> listener.accept(new Heard(event.type(), event.payload(), now)));
                }
            });
        }
    }
}
