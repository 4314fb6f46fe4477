package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.RoutesSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How does one shop learn every level? Changes gather for a moment, the newest of each SKU is written in batches on this
 * shop's own virtual thread, and a failure makes only this shop wait. What is pending is only in memory: at its start and
 * every so often the lane compares the ledger with what the shop was told.
 */
final class StockLane implements AutoCloseable {
    private static final int PAGE = 500;

    private final Wiring wiring;
    private final RoutesSettings settings;
    private final PublishedLevels published;
    private final StockWriter writer;
    private final Meter meter;
    private final PendingLevels pending = new PendingLevels();
    private final Map<Sku, Integer> attempts = new HashMap<>();
    private final Signal signal = new Signal();
    private final Thread thread;
    private volatile Connection connection;
    private volatile boolean resync = true;
    private volatile boolean closed;

    StockLane(
            Wiring wiring,
            RoutesSettings settings,
            PublishedLevels published,
            StockWriter writer,
            Connection connection) {
        this.wiring = wiring;
        this.settings = settings;
        this.published = published;
        this.writer = writer;
        this.connection = connection;
        this.meter = wiring.meter("stock-lane-" + connection.id(), "Levels written to " + connection.name());
        this.thread = Thread.ofVirtual().name("stock-" + connection.id()).start(this::run);
    }

    void offer(String brand, StockLevel level) {
        if (brand.equals(connection.brand())) {
            pending.offer(level);
            signal.raise();
        }
    }

    void renew(Connection now) {
        connection = now;
    }

    /** Compares everything on the lane's next turn. */
    void resync() {
        resync = true;
        signal.raise();
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                Duration wait = step(failures);
                failures = wait.isZero() ? 0 : failures + 1;
                pause(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One turn; answers how long to wait after a failure, zero after none. */
    private Duration step(int failures) throws InterruptedException {
        List<StockLevel> batch = List.of();
        try {
            gather();
            batch = pending.take(writer.batchSize(connection));
            return batch.isEmpty() || closed ? Duration.ZERO : write(connection, batch);
        } catch (RuntimeException e) {
            batch.forEach(pending::offer);
            meter.fail(FaultPolicy.reason(e));
            return failed(FaultPolicy.STOCK.decide(e, failures + 1));
        }
    }

    /** What changed says only that the number may have; which one this channel may see is asked for at the last moment. */
    private Duration write(Connection shop, List<StockLevel> changed) {
        List<StockLevel> levels =
                wiring.published(shop, changed.stream().map(StockLevel::sku).toList());
        StockWriter.Result result = writer.write(shop, levels);
        wiring.levels().confirmed(shop.brand(), shop.channel(), result.taken());
        return settle(levels, result);
    }

    private void gather() throws InterruptedException {
        if (pending.isEmpty() && !resync && !signal.await(settings.stockResync())) {
            resync = true;
        }
        if (resync || pending.takeOverflow()) {
            resync = false;
            try {
                compare();
            } catch (RuntimeException e) {
                resync = true;
                throw e;
            }
        }
        if (!pending.isEmpty()) {
            pause(settings.stockWindow());
        }
    }

    private Duration failed(FaultPolicy.Verdict verdict) {
        Duration wait = switch (verdict) {
            case FaultPolicy.Verdict.Retry retry -> retry.after();
            case FaultPolicy.Verdict.Park park -> FaultPolicy.SOON;
        };
        meter.state("Backing off " + wait.toSeconds() + " s, " + pending.size() + " waiting: " + verdict.reason());
        return wait;
    }

    private Duration settle(List<StockLevel> batch, StockWriter.Result result) {
        pending.told(result.taken());
        result.taken().forEach(level -> attempts.remove(level.sku()));
        Duration longest = Duration.ZERO;
        for (StockLevel level : batch) {
            ChannelException refusal = result.refusals().get(level.sku());
            if (refusal == null) {
                continue;
            }
            meter.fail(level.sku() + ": " + FaultPolicy.reason(refusal));
            int attempt = attempts.merge(level.sku(), 1, Integer::sum);
            if (FaultPolicy.STOCK.decide(refusal, attempt) instanceof FaultPolicy.Verdict.Retry retry) {
                pending.offer(level);
                longest = retry.after().compareTo(longest) > 0 ? retry.after() : longest;
            }
        }
        if (longest.isZero()) {
            meter.ok(result.taken().size());
        }
        return longest;
    }

    /** Offers each level that this shop was not told as it now is. */
    private void compare() {
        Connection now = connection;
        List<StockLevel> told = List.copyOf(published.of(now.id()).values());
        pending.told(told);
        // A hub can die between the shop's answer and the note of it.
        wiring.levels().confirmed(now.brand(), now.channel(), told);
        Set<Sku> listed =
                wiring.catalogue().listings(now.id()).stream().map(Listing::sku).collect(Collectors.toSet());
        String after = "";
        List<StockLedger.Level> page;
        do {
            page = wiring.stock().levels(now.brand(), after, PAGE);
            if (!page.isEmpty()) {
                after = page.getLast().sku().value();
                List<Sku> here = page.stream()
                        .map(StockLedger.Level::sku)
                        .filter(listed::contains)
                        .toList();
                wiring.published(now, here).forEach(pending::offer);
            }
        } while (page.size() == PAGE);
    }

    private void pause(Duration wait) throws InterruptedException {
        if (!wait.isZero() && !closed) {
            Thread.sleep(wait);
        }
    }

    @Override
    public void close() {
        closed = true;
        signal.raise();
        try {
            if (!thread.join(Duration.ofMillis(1_500))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
