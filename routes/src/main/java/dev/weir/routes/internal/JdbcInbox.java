package dev.weir.routes.internal;

import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.routes.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Does a delivery go to the database or to the spool, and when is it answered? */
final class JdbcInbox implements Inbox, AutoCloseable {
    /** Shopify gives up after 5 s: with a spool it still gets its answer. */
    private static final Duration MOST_WITH_SPOOL = Duration.ofSeconds(3);
    /** Without one, a late answer is worth more than a refusal, and no platform waits for longer than this. */
    private static final Duration MOST = Duration.ofSeconds(30);

    private final InboxQueue queue;
    private final @Nullable SpoolKeeper spool;
    private final Duration most;

    /** Stores through {@code writes}; {@code spool} null: nowhere while the database is away. */
    JdbcInbox(InboxWrites writes, @Nullable SpoolKeeper spool) {
        this.queue = new InboxQueue(writes);
        this.spool = spool;
        this.most = spool == null ? MOST : MOST_WITH_SPOOL;
    }

    /** Drains from now on. */
    void start() {
        if (spool != null) {
            spool.start();
        }
    }

    @Override
    public Stored store(
            UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict) {
        InboxRow row = InboxRow.of(connectionId, brand, channel, raw, verdict);
        if (isAway()) {
            return spooled(row, "the database is away");
        }
        try {
            return queue.offer(row, most).get();
        } catch (ExecutionException e) {
            return failed(row, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(name(row) + " was not stored: the hub stops", e);
        }
    }

    private Stored failed(InboxRow row, Throwable cause) {
        // Whether it is stored after all makes no difference: the spool brings it once.
        boolean late = cause instanceof TimeoutException;
        if (!late && !Outage.isOne(cause)) {
            throw new Unavailable(name(row) + " was not stored: " + cause.getMessage(), cause);
        }
        databaseFailed();
        return spooled(
                row,
                late
                        ? "the database did not answer within " + most.toSeconds() + " s"
                        : "the database did not answer: " + cause.getMessage());
    }

    private Stored spooled(InboxRow row, String why) {
        if (spool == null || !spool.append(row)) {
            throw new Unavailable(
                    name(row) + " was not stored: " + why + (spool == null ? "" : ", and the spool did not take it"));
        }
        return new Stored(row.id(), false, true);
    }

    private static String name(InboxRow row) {
        return "delivery " + Sql.cut(row.deliveryId(), 100) + " of connection " + row.connectionId();
    }

    @Override
    public boolean isAway() {
        return spool != null && spool.isAway();
    }

    @Override
    public void databaseFailed() {
        if (spool != null) {
            spool.databaseFailed();
        }
    }

    @Override
    public long spooledBytes() {
        return spool == null ? 0 : spool.bytes();
    }

    @Override
    public Optional<Instant> spooledSince() {
        return spool == null ? Optional.empty() : spool.oldest();
    }

    @Override
    public void close() {
        queue.close();
        if (spool != null) {
            spool.close();
        }
    }
}
