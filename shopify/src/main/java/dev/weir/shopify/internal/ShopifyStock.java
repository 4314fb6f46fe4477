package dev.weir.shopify.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How does the shop come to sell what the hub says is available? {@code inventorySetQuantities} of {@code available} at
 * one location, compared with the number last seen there.
 *
 * <p>A batch is all or nothing at Shopify: rows that it names are refused or read again, and the others are sent once
 * more. A level that would rise over a fall the hub did not cause (Shopify sold, and its webhook is still under way) is
 * refused once with {@link Fault#CONFLICT}; a lower level is always written.
 */
public final class ShopifyStock implements StockRead, StockWrite {
    private static final int BATCH = 250;
    private static final int ROUNDS = 4;

    private final Connection connection;
    private final ShopifyLevels levels;
    private final InventoryCalls calls;

    /** The stock of one shop at its location. */
    public ShopifyStock(ShopifyClient client, Connection connection, ShopifyLevels levels) {
        this.connection = connection;
        this.levels = levels;
        calls = new InventoryCalls(client, connection);
    }

    @Override
    public Map<Sku, Integer> read(List<Listing> listings) {
        Map<String, Sku> skus = new LinkedHashMap<>();
        for (Listing listing : listings) {
            if (listing.stockRef() != null && Gid.is("InventoryItem", listing.stockRef())) {
                skus.put(listing.stockRef(), listing.sku());
            }
        }
        Map<Sku, Integer> units = new LinkedHashMap<>();
        calls.read(List.copyOf(skus.keySet())).forEach((item, seen) -> {
            Integer available = seen.available();
            Sku sku = skus.get(item);
            if (available != null && sku != null) {
                units.put(sku, Math.max(0, available));
            }
        });
        return units;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public List<Outcome> write(List<Target> targets) {
        if (targets.size() > BATCH) {
            throw new IllegalArgumentException("levels: " + targets.size() + " (expected: at most " + BATCH + ")");
        }
        Batch batch = new Batch(targets);
        for (int round = 1; round <= ROUNDS && !batch.open.isEmpty(); round++) {
            readUnknown(batch, round);
            int size = round < ROUNDS - 1 ? BATCH : 1;
            List<String> items = List.copyOf(batch.open.keySet());
            for (int from = 0; from < items.size(); from += size) {
                send(batch, items.subList(from, Math.min(items.size(), from + size)));
            }
        }
        for (String item : List.copyOf(batch.open.keySet())) {
            batch.refuse(item, new ChannelException(Fault.CONFLICT, item + ": changed at the shop on every try"));
        }
        return batch.outcomes();
    }

    /** Learns the shop's number of every open item not known, and refuses what it does not have. */
    private void readUnknown(Batch batch, int round) {
        List<String> unknown = batch.open.keySet().stream()
                .filter(item -> levels.get(connection.id(), item) == null)
                .toList();
        Map<String, InventoryCalls.Seen> seen = calls.read(unknown);
        for (String item : unknown) {
            InventoryCalls.Seen found = seen.get(item);
            if (found == null) {
                batch.refuse(item, new ChannelException(Fault.NOT_FOUND, item + ": the shop has no such item"));
            } else if (!found.tracked()) {
                batch.refuse(
                        item, new ChannelException(Fault.REJECTED, item + ": the shop does not track its quantity"));
            } else if (found.available() != null) {
                learn(batch, item, found.available(), round);
            }
        }
    }

    private void learn(Batch batch, String item, int available, int round) {
        levels.put(connection.id(), item, available);
        Integer believed = batch.believed.get(item);
        int wanted = batch.wanted(item);
        if (wanted == available) {
            batch.take(item);
        } else if (round > 1 && believed != null && available < believed && wanted > available) {
            batch.refuse(
                    item,
                    new ChannelException(
                            Fault.CONFLICT,
                            item + ": the shop fell from " + believed + " to " + available + " on its own; " + wanted
                                    + " may sell a unit twice"));
        }
    }

    private void send(Batch batch, List<String> items) {
        List<InventoryCalls.Row> rows = new ArrayList<>();
        for (String item : items) {
            if (batch.open.containsKey(item)) {
                rows.add(new InventoryCalls.Row(item, batch.wanted(item), levels.get(connection.id(), item)));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        List<UserError> errors = UserError.of(calls.set(rows), "userErrors");
        if (errors.isEmpty()) {
            rows.forEach(row -> {
                levels.put(connection.id(), row.item(), row.quantity());
                batch.take(row.item());
            });
        } else {
            errors.forEach(error -> sort(batch, rows, error));
        }
    }

    /** What is to become of the rows; where the key was spent on a failure they stay, and the next round has another key. */
    private void sort(Batch batch, List<InventoryCalls.Row> rows, UserError error) {
        int index = error.index("quantities");
        boolean stale = error.code().equals("CHANGE_FROM_QUANTITY_STALE");
        if (error.spentKey()) {
            return;
        }
        if (index < 0 || index >= rows.size()) {
            if (!stale) {
                throw error.as(Fault.REJECTED, "StockSet");
            }
            rows.forEach(row -> forget(batch, row));
        } else if (stale) {
            forget(batch, rows.get(index));
        } else {
            Fault fault = error.code().equals("INVALID_INVENTORY_ITEM") ? Fault.NOT_FOUND : Fault.REJECTED;
            batch.refuse(rows.get(index).item(), error.as(fault, "StockSet"));
        }
    }

    private void forget(Batch batch, InventoryCalls.Row row) {
        if (row.expected() != null) {
            batch.believed.putIfAbsent(row.item(), row.expected());
        }
        levels.forget(connection.id(), row.item());
    }

    /** What is still to be written, newest version per item, and what became of the rest. */
    private static final class Batch {
        private final List<Target> targets;
        private final Map<String, Target> open = new LinkedHashMap<>();
        private final Map<String, Integer> believed = new LinkedHashMap<>();
        private final Map<String, ChannelException> refusals = new LinkedHashMap<>();

        private Batch(List<Target> targets) {
            this.targets = targets;
            for (Target target : targets) {
                String item = ref(target);
                if (Gid.is("InventoryItem", item)) {
                    open.merge(
                            item,
                            target,
                            (a, b) -> a.level().version() > b.level().version() ? a : b);
                } else {
                    refusals.put(
                            item,
                            new ChannelException(
                                    Fault.REJECTED,
                                    "stockRef: " + item + " (expected: gid://shopify/InventoryItem/…) for sku "
                                            + target.level().sku()));
                }
            }
        }

        private static String ref(Target target) {
            return String.valueOf(target.listing().stockRef());
        }

        private int wanted(String item) {
            return java.util.Objects.requireNonNull(open.get(item)).level().available();
        }

        private void take(String item) {
            open.remove(item);
        }

        private void refuse(String item, ChannelException refusal) {
            open.remove(item);
            refusals.put(item, refusal);
        }

        private List<Outcome> outcomes() {
            return targets.stream()
                    .map(target -> new Outcome(target.level().sku(), refusal(target)))
                    .toList();
        }

        private @Nullable ChannelException refusal(Target target) {
            return refusals.get(ref(target));
        }
    }
}
