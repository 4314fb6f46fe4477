package dev.weir.routes.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When do deliveries go to this hub's spool, and when do they come out of it? From the first failure of the database until it answers;
 * then everything goes into the inbox in its order, beside what comes anew. Thread-safe.
 */
final class SpoolKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolKeeper.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    /** Looks between two at the spools of hubs that are gone. */
    private static final int LEFT_BEHIND = 40;

    private final Path root;
    private final long most;
    private final InboxWrites writes;
    private final Meter meter;
    private final SpoolSlot slot;
    private final Spool spool;
    private final Thread thread = Thread.ofVirtual().name("intake-spool").unstarted(this::run);
    private volatile boolean away;
    private volatile boolean closed;
    private String said = "";

    /** Takes a spool below {@code root}; drains from {@link #start} on. */
    SpoolKeeper(Path root, long most, InboxWrites writes, Meter meter) {
        this.root = root;
        this.most = most;
        this.writes = writes;
        this.meter = meter;
        try {
            slot = SpoolSlot.take(root);
            spool = new Spool(slot.folder(), most);
        } catch (IOException e) {
            throw new UncheckedIOException("spool: " + root + " (expected: a folder that this hub may write to)", e);
        }
    }

    void start() {
        thread.start();
    }

    /** Whether the database is taken to be away. */
    boolean isAway() {
        return away;
    }

    /** It did not answer just now. */
    void databaseFailed() {
        if (!away) {
            LOG.warn("The database does not answer: deliveries go to {}", slot.folder());
            meter.state("Spooling: the database does not answer");
        }
        away = true;
    }

    /** False when the spool is full, or its disk refused. */
    boolean append(InboxRow row) {
        try {
            boolean taken = spool.append(row);
            if (!taken) {
                meter.fail("spool: full at " + most + " bytes (expected: room for a delivery of " + row.size() + ")");
            }
            return taken;
        } catch (IOException e) {
            meter.fail(String.valueOf(e));
            LOG.error("The spool did not take a delivery", e);
            return false;
        }
    }

    long bytes() {
        return spool.bytes();
    }

    Optional<Instant> oldest() {
        return spool.oldest();
    }

    private void run() {
        for (int look = 0; !closed; look++) {
            try {
                drain(look % LEFT_BEHIND == 0);
            } catch (IOException | RuntimeException e) {
                undrained(e);
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void undrained(Exception e) {
        if (Outage.isOne(e)) {
            LOG.debug("The database is still away", e);
        } else if (!closed && !e.toString().equals(said)) {
            said = e.toString();
            meter.fail(said);
            LOG.warn("The spool is not drained yet: {}", said);
        }
    }

    private void drain(boolean others) throws IOException {
        if (away) {
            writes.probe();
            away = false;
            meter.ok(0);
            LOG.info("The database answers again: {} bytes are drained", spool.bytes());
        }
        drain(spool, slot.folder());
        if (others) {
            for (Path folder : SpoolSlot.others(root, slot).toList()) {
                takeUp(folder);
            }
        }
    }

    private void takeUp(Path folder) throws IOException {
        Optional<SpoolSlot> left = SpoolSlot.lock(folder);
        if (left.isPresent()) {
            try (SpoolSlot free = left.get()) {
                drain(new Spool(free.folder(), most), folder);
            }
        }
    }

    private void drain(Spool from, Path folder) throws IOException {
        int aside = from.drain(this::store);
        said = "";
        if (aside > 0) {
            meter.fail("files put aside in " + folder + ": " + aside + " (expected: all brought into the inbox)");
        }
    }

    /** Brings deliveries into the inbox, in their order; how many it refused for what they are. */
    private int store(List<InboxRow> rows) {
        int refused = 0;
        for (int from = 0; from < rows.size(); ) {
            int to = end(rows, from);
            refused += storeTogether(rows.subList(from, to));
            from = to;
        }
        return refused;
    }

    private static int end(List<InboxRow> rows, int from) {
        int to = from;
        for (long bytes = 0; to < rows.size() && to - from < InboxWrites.MOST_ROWS; to++) {
            bytes += rows.get(to).size();
            if (to > from && bytes > InboxWrites.MOST_BYTES) {
                return to;
            }
        }
        return to;
    }

    private int storeTogether(List<InboxRow> batch) {
        try {
            writes.store(batch);
            meter.ok(batch.size());
            return 0;
        } catch (RuntimeException e) {
            if (batch.size() > 1 && Outage.mayGoAlone(e)) {
                return batch.stream()
                        .mapToInt(row -> storeTogether(List.of(row)))
                        .sum();
            }
            if (Outage.isOne(e)) {
                databaseFailed();
                throw e;
            }
            InboxRow row = batch.getFirst();
            meter.fail("delivery " + row.deliveryId() + " of connection " + row.connectionId() + ": " + e);
            return 1;
        }
    }

    @Override
    public void close() {
        closed = true;
        try (slot;
                spool) {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The spool was not closed as it should be", e);
        }
    }
}
