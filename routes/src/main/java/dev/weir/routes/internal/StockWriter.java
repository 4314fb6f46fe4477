package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How is one batch of levels written to one shop, and what became of each? Thread-safe. */
final class StockWriter {
    private static final Set<Fault> OF_ONE_LEVEL = EnumSet.of(Fault.REJECTED, Fault.NOT_FOUND, Fault.CONFLICT);

    private final Wiring wiring;
    private final PublishedLevels published;
    private final CatalogueSteps catalogue;

    StockWriter(Wiring wiring, PublishedLevels published, CatalogueSteps catalogue) {
        this.wiring = wiring;
        this.published = published;
        this.catalogue = catalogue;
    }

    int batchSize(Connection connection) {
        return Math.max(1, port(connection).batchSize());
    }

    /** Writes the batch; throws when the call as a whole failed. */
    Result write(Connection connection, List<StockLevel> batch) {
        List<StockWrite.Target> targets = targets(connection, batch);
        if (targets.isEmpty()) {
            return new Result(List.of(), Map.of());
        }
        published.aboutTo(
                connection.id(), targets.stream().map(StockWrite.Target::level).toList());
        Map<Sku, ChannelException> refusals = new HashMap<>();
        try {
            send(connection, targets, refusals);
        } catch (ChannelException e) {
            if (!OF_ONE_LEVEL.contains(e.fault())) {
                throw e;
            }
            // One bad level must not keep the others of its batch from the shop.
            for (StockWrite.Target target : targets) {
                sendOne(connection, target, refusals);
            }
        }
        return settle(connection, targets, refusals);
    }

    private void sendOne(Connection connection, StockWrite.Target target, Map<Sku, ChannelException> refusals) {
        try {
            send(connection, List.of(target), refusals);
        } catch (ChannelException e) {
            refusals.put(target.level().sku(), e);
        }
    }

    private void send(Connection connection, List<StockWrite.Target> targets, Map<Sku, ChannelException> refusals) {
        Map<Sku, StockWrite.Outcome> outcomes = new HashMap<>();
        port(connection).write(targets).forEach(outcome -> outcomes.put(outcome.sku(), outcome));
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
        refusals.forEach((sku, refusal) -> published.refused(connection.id(), sku, FaultPolicy.reason(refusal)));
        return new Result(taken, refusals);
    }

    private List<StockWrite.Target> targets(Connection connection, List<StockLevel> batch) {
        Map<Sku, Listing> listings =
                listings(connection, batch.stream().map(StockLevel::sku).toList());
        List<StockWrite.Target> targets = new ArrayList<>();
        for (StockLevel level : batch) {
            Listing listing = listings.get(level.sku());
            if (listing == null) {
                published.refused(connection.id(), level.sku(), "no listing at this shop");
            } else {
                targets.add(new StockWrite.Target(level, listing));
            }
        }
        return targets;
    }

    private Map<Sku, Listing> listings(Connection connection, List<Sku> skus) {
        Map<Sku, Listing> listings = new HashMap<>();
        List<Sku> missing = new ArrayList<>();
        for (Sku sku : skus) {
            wiring.catalogue()
                    .listing(connection.id(), sku)
                    .ifPresentOrElse(listing -> listings.put(sku, listing), () -> missing.add(sku));
        }
        if (!missing.isEmpty() && catalogue.follows(connection)) {
            catalogue.introduce(connection, missing).forEach(listing -> listings.put(listing.sku(), listing));
        }
        return listings;
    }

    private StockWrite port(Connection connection) {
        return wiring.channel(connection).stockWrite(connection);
    }

    /** What the shop took, and why it did not take the others. */
    record Result(List<StockLevel> taken, Map<Sku, ChannelException> refusals) {}
}
