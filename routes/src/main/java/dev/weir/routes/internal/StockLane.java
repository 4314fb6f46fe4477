package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.RoutesSettings;
import dev.weir.routes.StockStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How does one shop learn every level? Changes gather for a moment, the newest of each SKU is written in batches on this
 * shop's own virtual thread, and a failure makes only this shop wait. What is pending is only in memory: at its start and
 * every so often the lane compares the ledger with what the shop was told, a page at a time. What that finds, like the stock of listings
 * that are new, is written when nothing is news.
 */
final class StockLane implements AutoCloseable {
    private static final int PAGE = 500;

    private final Wiring wiring;
    private final RoutesSettings settings;
    private final PublishedLevels published;
    private final StockWriter writer;
    private final Meter meter;
    private final PendingLevels pending;
    private final Map<Sku, Integer> attempts = new HashMap<>();
    private final Signal signal = new Signal();
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread thread;
    private volatile Connection connection;
    private @Nullable String walk;
    private Instant restFrom = Instant.MIN;
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
        this.pending = new PendingLevels(wiring.clock());
        this.meter = wiring.meter("stock-lane-" + connection.id(), "Levels written to " + connection.name());
        this.thread = Thread.ofVirtual().name("stock-" + connection.id()).start(this::run);
    }

    void offer(String brand, StockLevel level) {
        if (brand.equals(connection.brand())) {
            pending.offer(level);
            signal.raise();
        }
    }

    StockStanding standing() {
        Connection shop = connection;
        return new StockStanding(shop.id(), shop.channel(), pending.size(), pending.behind());
    }

    void renew(Connection now) {
        connection = now;
    }

    /** Compares everything from the lane's next turn on, a page a turn. */
    void resync() {
        resync = true;
        signal.raise();
    }

    /** Brings these up to date, behind what is news. */
    void catchUp(List<Sku> skus) {
        wiring.published(connection, skus).forEach(pending::offerLater);
        signal.raise();
    }

    /** Does {@code work} on the caller's thread while the lane writes nothing: of two writers the older number could win. */
    <T> T alone(Supplier<T> work) {
        writing.lock();
        try {
            return work.get();
        } finally {
            writing.unlock();
        }
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
            batch = closed ? List.of() : pending.take(writer.batchSize(connection));
            if (batch.isEmpty()) {
                rest();
            } else {
                write(batch);
                pending.written();
            }
            return Duration.ZERO;
        } catch (RuntimeException e) {
            pending.putBack(batch);
            meter.fail(FaultPolicy.reason(e));
            return failed(FaultPolicy.STOCK.decide(e, failures + 1));
        }
    }

    /** What changed says only that the number may have; which one this channel may see is asked for at the last moment. */
    private void write(List<StockLevel> changed) {
        Connection shop = connection;
        alone(() -> {
            List<StockLevel> levels = levels(shop, changed);
            settle(shop, levels, writer.write(shop, levels));
            return levels.size();
        });
    }

    /** Levels that nobody waits for, where the shop's budget has something left for them: news must not wait behind them. */
    private void rest() {
        Connection shop = connection;
        List<StockLevel> changed =
                closed || restWaits().isPositive() ? List.of() : pending.takeRest(writer.restSize(shop));
        if (changed.isEmpty()) {
            return;
        }
        try {
            alone(() -> {
                List<StockLevel> levels = levels(shop, changed);
                settle(shop, levels, writer.catchUp(shop, levels));
                return levels.size();
            });
        } catch (RuntimeException e) {
            changed.forEach(pending::offerLater);
            if (!(e instanceof ChannelException refusal) || refusal.fault() != Fault.THROTTLED) {
                throw e;
            }
            restLater(refusal.retryAfter() == null ? FaultPolicy.STOCK.base() : refusal.retryAfter());
        }
    }

    /** The numbers that the shop is to be told and was not. */
    private List<StockLevel> levels(Connection shop, List<StockLevel> changed) {
        List<Sku> skus = changed.stream().map(StockLevel::sku).toList();
        Set<StockLevel> told = Set.copyOf(published.of(shop.id(), skus));
        return wiring.published(shop, skus).stream()
                .filter(level -> !told.contains(level))
                .toList();
    }

    /** Sees to it that something is pending, or that it is worth another look. */
    private void gather() throws InterruptedException {
        boolean isComparing = resync || (walk != null && !pending.hasRest());
        if (pending.news() == 0 && !isComparing && !isRestDue() && !signal.await(untilRest())) {
            resync = !pending.hasRest();
        }
        if (pending.takeOverflow()) {
            resync = true;
        }
        if (resync) {
            resync = false;
            walk = "";
        }
        if (walk != null && !pending.hasRest()) {
            walk = compare(walk);
        }
        int news = pending.news();
        if (news > 0 && news < writer.batchSize(connection)) {
            Duration worth = writer.gather(connection);
            pause(worth.compareTo(settings.stockWindow()) > 0 ? worth : settings.stockWindow());
        }
    }

    private boolean isRestDue() {
        return pending.hasRest() && !restWaits().isPositive();
    }

    private Duration restWaits() {
        Duration wait = Duration.between(wiring.clock().instant(), restFrom);
        return wait.isPositive() ? wait : Duration.ZERO;
    }

    private Duration untilRest() {
        Duration wait = restWaits();
        return pending.hasRest() && wait.compareTo(settings.stockResync()) < 0 ? wait : settings.stockResync();
    }

    private void restLater(Duration wait) {
        restFrom = wiring.clock().instant().plus(wait);
    }

    private Duration failed(FaultPolicy.Verdict verdict) {
        Duration wait = switch (verdict) {
            case FaultPolicy.Verdict.Retry retry -> retry.after();
            case FaultPolicy.Verdict.Park park -> FaultPolicy.SOON;
        };
        meter.state("Backing off " + wait.toSeconds() + " s, " + pending.size() + " waiting: " + verdict.reason());
        return wait;
    }

    /** A level that is refused is tried again later, and behind the others: it must not make them wait. */
    private void settle(Connection shop, List<StockLevel> batch, StockWriter.Result result) {
        wiring.levels().confirmed(shop.brand(), shop.channel(), result.taken());
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
                pending.offerLater(level);
                longest = retry.after().compareTo(longest) > 0 ? retry.after() : longest;
            }
        }
        if (longest.isPositive()) {
            restLater(longest);
        } else {
            meter.ok(result.taken().size());
        }
    }

    /** Offers each level of a page that this shop was not told as it now is; answers the SKU to go on behind, null at the end. */
    private @Nullable String compare(String after) {
        Connection now = connection;
        List<StockLedger.Level> page = wiring.stock().levels(now.brand(), after, PAGE);
        List<Sku> skus = page.stream().map(StockLedger.Level::sku).toList();
        List<Sku> here = wiring.catalogue().listings(now.id(), skus).stream()
                .map(Listing::sku)
                .toList();
        List<StockLevel> told = published.of(now.id(), here);
        pending.told(told);
        // A hub can die between the shop's answer and the note of it.
        wiring.levels().confirmed(now.brand(), now.channel(), told);
        wiring.published(now, here).forEach(pending::offerLater);
        return page.size() < PAGE ? null : skus.getLast().value();
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
