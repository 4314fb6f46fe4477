package dev.weir.routes.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How does the outbox reach Kafka? One relay of all hubs at a time (a lock of the database), so that events of one key
 * stay in order; a row is marked sent only after Kafka has it. While Kafka is away rows wait, and the meter says so.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final int BATCH = 500;
    private static final long LOCK = 0x7765_6972_0001L;
    /** Between two rounds: in a rush more events share a transaction and a journey to Kafka; a shop hears of a sale within 1 s. */
    private static final Duration GATHER = Duration.ofMillis(40);

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KafkaSender sender;
    private final HookQueue hooks;
    private final Signal signal;
    private final Meter meter;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("outbox-relay").unstarted(this::run);
    private volatile boolean closed;

    OutboxRelay(Wiring wiring, Signal signal, KafkaSender sender) {
        this.jdbc = wiring.jdbc();
        this.transaction = wiring.transaction();
        this.sender = sender;
        this.hooks = new HookQueue(wiring.jdbc(), wiring.clock());
        this.signal = signal;
        this.meter = wiring.meter("outbox-relay", "Sends what was committed to the outbox on to Kafka");
        this.clock = wiring.clock();
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration idle = SHORTEST;
        while (!closed) {
            try {
                if (round() > 0) {
                    idle = SHORTEST;
                    Thread.sleep(GATHER);
                } else if (signal.await(idle)) {
                    idle = SHORTEST;
                } else {
                    idle = idle.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : idle.multipliedBy(2);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private int round() throws InterruptedException {
        String failure;
        try {
            KafkaSender.Sent sent = Objects.requireNonNull(transaction.execute(status -> relay()));
            if (sent.failure() == null) {
                meter.ok(sent.ids().size());
                return sent.ids().size();
            }
            failure = sent.failure();
        } catch (RuntimeException e) {
            failure = String.valueOf(e);
        }
        if (!closed) {
            meter.fail(failure);
            meter.state("Waiting: Kafka or the database does not answer");
            Thread.sleep(AFTER_FAILURE);
        }
        return 0;
    }

    private KafkaSender.Sent relay() {
        boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(:lock), " + Sql.COMMIT_SOON)
                .param("lock", LOCK)
                .query((row, n) -> row.getBoolean(1))
                .single();
        List<OutboxRow> rows = mine ? unsent() : List.of();
        if (rows.isEmpty()) {
            return new KafkaSender.Sent(List.of(), null);
        }
        OutboxRound round = new OutboxRound(rows);
        List<OutboxRow.Outgoing> outgoing = round.outgoing();
        KafkaSender.Sent sent = sender.send(
                outgoing.stream().flatMap(row -> row.messages().stream()).toList());
        List<Long> told = round.told(sent.ids());
        if (!told.isEmpty()) {
            jdbc.sql("update outbox set sent_at = :now where id = any(:ids)")
                    .param("now", Sql.at(clock.instant()))
                    .param("ids", told.toArray(Long[]::new))
                    .update();
            hooks.add(outgoing, sent.ids());
        }
        return new KafkaSender.Sent(told, sent.failure());
    }

    private List<OutboxRow> unsent() {
        return jdbc.sql("""
                        select id, brand, topic, key, type, payload::text as payload, at from outbox
                        where sent_at is null order by id limit :most for update skip locked""").param("most", BATCH).query(OutboxRow::read).list();
    }

    /** A step of the route {@code housekeeping}: forgets events that Kafka has had for a day. */
    public void forget() {
        jdbc.sql("""
                        delete from outbox where id in (
                            select id from outbox where sent_at < :before order by sent_at limit 10000)""").param("before", Sql.at(clock.instant().minus(KEPT))).update();
    }

    @Override
    public void close() {
        closed = true;
        signal.raise();
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        sender.close();
    }
}
