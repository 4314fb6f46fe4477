package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How is one batch of levels written to one shop, and what became of each? Thread-safe. */
final class StockWriter {
    /** Calls of one batch that nobody waits for, where each carries one level: no more than news can wait for. */
    private static final int LEAST_OF_THE_REST = 4;

    private static final Set<Fault> OF_ONE_LEVEL = EnumSet.of(Fault.REJECTED, Fault.NOT_FOUND, Fault.CONFLICT);

    private final Wiring wiring;
    private final PublishedLevels published;
    private final CatalogueOut catalogue;
    private final CatalogueNews missing;

    StockWriter(Wiring wiring, PublishedLevels published, CatalogueOut catalogue, CatalogueNews missing) {
        this.wiring = wiring;
        this.published = published;
        this.catalogue = catalogue;
        this.missing = missing;
    }

    int batchSize(Connection connection) {
        return Math.max(1, port(connection).batchSize());
    }

    /** How many levels that nobody waits for are written at once. */
    int restSize(Connection connection) {
        StockWrite port = port(connection);
        return Math.clamp(Math.max(LEAST_OF_THE_REST, port.levelsPerCall()), 1, Math.max(1, port.batchSize()));
    }

    Duration gather(Connection connection) {
        return port(connection).gather();
    }

    /** Writes the batch; throws when the call as a whole failed. */
    Result write(Connection connection, List<StockLevel> batch) {
        return write(connection, batch, port(connection)::write);
    }

    /** As {@link #write}, behind everything else; THROTTLED when the budget has nothing left for it now. */
    Result catchUp(Connection connection, List<StockLevel> batch) {
        return write(connection, batch, port(connection)::catchUp);
    }

    /** Writes a number that is not ours, because a person wants it there; what the shop counts as told stays what it was. */
    void lend(Connection connection, StockWrite.Target target) {
        published.aboutTo(connection.id(), List.of(target.level()));
        Map<Sku, ChannelException> refusals = new HashMap<>();
        send(port(connection)::write, List.of(target), refusals);
        ChannelException refusal = refusals.get(target.level().sku());
        if (refusal != null) {
            throw refusal;
        }
    }

    private Result write(Connection connection, List<StockLevel> batch, Call call) {
        List<StockWrite.Target> targets = batch.isEmpty() ? List.of() : targets(connection, batch);
        if (targets.isEmpty()) {
            return new Result(List.of(), Map.of());
        }
        published.aboutTo(
                connection.id(), targets.stream().map(StockWrite.Target::level).toList());
        Map<Sku, ChannelException> refusals = new HashMap<>();
        try {
            send(call, targets, refusals);
        } catch (ChannelException e) {
            if (!OF_ONE_LEVEL.contains(e.fault())) {
                throw e;
            }
            // One bad level must not keep the others of its batch from the shop.
            for (StockWrite.Target target : targets) {
                sendOne(call, target, refusals);
            }
        }
        return settle(connection, targets, refusals);
    }

    private interface Call {
        List<StockWrite.Outcome> write(List<StockWrite.Target> targets);
    }

    private void sendOne(Call call, StockWrite.Target target, Map<Sku, ChannelException> refusals) {
        try {
            send(call, List.of(target), refusals);
        } catch (ChannelException e) {
            refusals.put(target.level().sku(), e);
        }
    }

    private void send(Call call, List<StockWrite.Target> targets, Map<Sku, ChannelException> refusals) {
        Map<Sku, StockWrite.Outcome> outcomes = new HashMap<>();
        call.write(targets).forEach(outcome -> outcomes.put(outcome.sku(), outcome));
        for (StockWrite.Target target : targets) {
            Sku sku = target.level().sku();
            StockWrite.Outcome outcome = outcomes.get(sku);
            if (outcome == null) {
                refusals.put(sku, new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer does not name sku " + sku));
            } else if (outcome.refusal() != null) {
                refusals.put(sku, outcome.refusal());
            }
        }
    }

    private Result settle(Connection connection, List<StockWrite.Target> targets, Map<Sku, ChannelException> refusals) {
        List<StockLevel> taken = targets.stream()
                .map(StockWrite.Target::level)
                .filter(level -> !refusals.containsKey(level.sku()))
                .toList();
        published.done(connection.id(), taken);
        Map<Sku, String> reasons = new HashMap<>();
        refusals.forEach((sku, refusal) -> reasons.put(sku, FaultPolicy.reason(refusal)));
        if (!reasons.isEmpty()) {
            published.refused(connection.id(), reasons);
        }
        if (!reasons.isEmpty() && catalogue.follows(connection)) {
            lost(connection, refusals);
        }
        return new Result(taken, refusals);
    }

    /** What somebody took off the shop is listed there again. */
    private void lost(Connection connection, Map<Sku, ChannelException> refusals) {
        List<Sku> gone = refusals.entrySet().stream()
                .filter(refusal -> refusal.getValue().fault() == Fault.NOT_FOUND)
                .map(Map.Entry::getKey)
                .toList();
        if (!gone.isEmpty()) {
            catalogue.forget(connection, gone);
            missing.offer(connection, gone);
        }
    }

    /** A SKU that the shop does not list yet is listed beside: its level follows by itself, and the others do not wait for it. */
    private List<StockWrite.Target> targets(Connection connection, List<StockLevel> batch) {
        Map<Sku, Listing> listings = new HashMap<>();
        wiring.catalogue()
                .listings(connection.id(), batch.stream().map(StockLevel::sku).toList())
                .forEach(listing -> listings.put(listing.sku(), listing));
        List<StockWrite.Target> targets = new ArrayList<>();
        Map<Sku, String> unlisted = new HashMap<>();
        for (StockLevel level : batch) {
            Listing listing = listings.get(level.sku());
            if (listing == null) {
                unlisted.put(level.sku(), "no listing at this shop");
            } else {
                targets.add(new StockWrite.Target(level, listing));
            }
        }
        if (!unlisted.isEmpty()) {
            published.refused(connection.id(), unlisted);
            if (catalogue.follows(connection)) {
                missing.offer(connection, List.copyOf(unlisted.keySet()));
            }
        }
        return targets;
    }

    private StockWrite port(Connection connection) {
        return wiring.channel(connection).stockWrite(connection);
    }

    /** What the shop took, and why it did not take the others. */
    record Result(List<StockLevel> taken, Map<Sku, ChannelException> refusals) {}
}
