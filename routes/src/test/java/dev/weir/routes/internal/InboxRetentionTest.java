package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.routes.Inbox.Stored;
import dev.weir.routes.IntakeSettings;
import dev.weir.routes.RoutesSettings;
import dev.weir.routes.internal.InboxStore.Conclusion;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows come together, are kept for their time, and lose what is personal before. */
class InboxRetentionTest {
    private static EmbeddedPostgres postgres;
    private static HikariDataSource pool;
    private static JdbcClient jdbc;

    private final MovedClock clock = new MovedClock();
    private final UUID shop = UUID.randomUUID();
    private final RoutesSettings settings = RoutesSettings.defaults("kafka:9092");
    private final InboxWrites writes = new InboxWrites(jdbc, settings, false, new Signal(), clock);
    private final InboxStore store = new InboxStore(jdbc, settings.inboxGrace(), clock);
    private final JdbcWebhookLog log = new JdbcWebhookLog(jdbc, store, new Signal());
    private final Meter meter = new Meter("inbox-retention", "", clock);
    private final InboxRetention retention = new InboxRetention(
            jdbc, new IntakeSettings(null, 0, Duration.ofDays(90), Duration.ofDays(30)), meter, clock);

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure()
                .dataSource(postgres.getPostgresDatabase())
                .locations("filesystem:src/main/resources/db/migration")
                .load()
                .migrate();
        pool = new HikariDataSource();
        pool.setDataSource(postgres.getPostgresDatabase());
        jdbc = JdbcClient.create(pool);
    }

    @AfterAll
    static void stop() throws IOException {
        pool.close();
        postgres.close();
    }

    @Test
    void handledDelivery_losesWhatIsPersonalAfterItsTerm_andItsRowLater_andIsNoSecondOneInBetween() {
        UUID id = deliver("d1");
        store.end(id, new Conclusion(Conclusion.State.PROCESSED, "order 7 taken", null, null));
        clock.move(Duration.ofDays(29));
        retention.run();
        assertThat(body(id)).isEqualTo("ana@example.com");
        clock.move(Duration.ofDays(2));
        retention.run();
        assertThat(body(id)).isEmpty();
        assertThat(log.find(id).orElseThrow().headers()).isEmpty();
        assertThat(log.find(id).orElseThrow().entry().reason()).isEqualTo("order 7 taken");
        assertThat(log.replay(id)).as("nothing is left to handle").isFalse();
        assertThat(store(row("d1"))).isEqualTo(new Stored(id, true, false));
        clock.move(Duration.ofDays(60));
        retention.run();
        assertThat(log.find(id)).isEmpty();
    }

    @Test
    void parkedDelivery_keepsItsBodyForAsLongAsARow_andIsThenGivenUpInSight() {
        UUID id = deliver("d1");
        store.end(id, new Conclusion(Conclusion.State.PARKED, "order 7 is not known yet", "order/7", null));
        clock.move(Duration.ofDays(89));
        retention.run();
        assertThat(body(id)).isEqualTo("ana@example.com");
        clock.move(Duration.ofDays(2));
        retention.run();
        assertThat(body(id)).isEmpty();
        assertThat(log.find(id).orElseThrow().entry().reason())
                .isEqualTo("erased before it could be handled: order 7 is not known yet");
        assertThat(meter.entry().lastError()).contains("1 parked deliveries were erased");
        clock.move(Duration.ofDays(89));
        retention.run();
        assertThat(log.find(id)).isPresent();
        clock.move(Duration.ofDays(2));
        retention.run();
        assertThat(log.find(id)).isEmpty();
    }

    @Test
    void deliveryThatIsStillToBeHandled_isNeverTouched() {
        UUID id = deliver("d1");
        clock.move(Duration.ofDays(1_000));
        retention.run();
        assertThat(body(id)).isEqualTo("ana@example.com");
    }

    @Test
    void oneRun_endsMoreThanOneStatementTakes() {
        List<InboxRow> rows =
                IntStream.range(0, 1_200).mapToObj(i -> row("d" + i)).toList();
        for (int i = 0; i < rows.size(); i += 60) {
            writes.store(rows.subList(i, i + 60));
        }
        rows.forEach(row -> store.end(row.id(), new Conclusion(Conclusion.State.IGNORED, "says nothing", null, null)));
        clock.move(Duration.ofDays(31));
        retention.run();
        assertThat(count("erased_at is null")).isZero();
        clock.move(Duration.ofDays(60));
        retention.run();
        assertThat(count("true")).isZero();
    }

    @Test
    void repeatsWithinOneStatement_areOneRow() {
        InboxRow first = row("d1");
        InboxRow again = row("d1");
        InboxRow other = row("d2");
        Map<UUID, Stored> each = writes.store(List.of(first, again, other));
        assertThat(each.get(first.id())).isEqualTo(new Stored(first.id(), false, false));
        assertThat(each.get(again.id())).isEqualTo(new Stored(first.id(), true, false));
        assertThat(each.get(other.id())).isEqualTo(new Stored(other.id(), false, false));
    }

    @Test
    void deliveriesThatComeAtOnce_areAllAnswered_andOneThatIsRefusedSpoilsNoOther() throws Exception {
        try (InboxQueue queue = new InboxQueue(writes)) {
            List<CompletableFuture<Stored>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(queue.offer(
                        i % 100 == 50 ? with(row("bad" + i), "no JSON") : row("d" + i), Duration.ofSeconds(60)));
            }
            for (int i = 0; i < answers.size(); i++) {
                if (i % 100 == 50) {
                    assertThat(answers.get(i)).failsWithin(Duration.ofSeconds(20));
                } else {
                    assertThat(answers.get(i)).succeedsWithin(Duration.ofSeconds(20));
                }
            }
        }
        assertThat(count("true")).isEqualTo(297);
    }

    @Test
    void textWithAZero_orLongerThanAnIndexTakes_isStoredAllTheSame() {
        UUID zero = store(row("d\0" + "1")).id();
        assertThat(log.find(zero).orElseThrow().entry().deliveryId()).isEqualTo("d 1");
        String base = "x".repeat(5_000);
        assertThat(store(row(base + 1)).repeated()).isFalse();
        assertThat(store(row(base + 2)).repeated()).isFalse();
        assertThat(store(row(base + 1)).repeated()).isTrue();
    }

    private UUID deliver(String delivery) {
        return store(row(delivery)).id();
    }

    private Stored store(InboxRow row) {
        return Objects.requireNonNull(writes.store(List.of(row)).get(row.id()));
    }

    private InboxRow row(String delivery) {
        RawWebhook raw = new RawWebhook(
                Map.of("content-type", "text/plain"),
                "",
                "ana@example.com".getBytes(StandardCharsets.UTF_8),
                clock.instant());
        return InboxRow.of(shop, "brand", "shop", raw, new WebhookVerdict.Authentic(delivery, "orders", "7"));
    }

    private static InboxRow with(InboxRow row, String headers) {
        return new InboxRow(
                row.id(),
                row.connectionId(),
                row.brand(),
                row.channel(),
                row.deliveryId(),
                row.topic(),
                row.aggregateKey(),
                headers,
                row.query(),
                row.body(),
                row.receivedAt());
    }

    private String body(UUID id) {
        return log.find(id).orElseThrow().body();
    }

    private int count(String where) {
        return jdbc.sql("select count(*) from inbox where connection_id = :shop and " + where)
                .param("shop", shop)
                .query(Integer.class)
                .single();
    }

    private static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
