package dev.weir.hub.internal.replays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.hub.internal.replays.Replays.Replay;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Does a replay of many keep to its rate, go on after a crash, and end when it is stopped? */
class ReplaysTest {
    private static EmbeddedPostgres postgres;
    private static DataSource database;

    private final String brand = "brand-" + UUID.randomUUID();
    private final Moved clock = new Moved();
    private final List<UUID> begun = new CopyOnWriteArrayList<>();
    private boolean crashes;
    private UUID erased = new UUID(0, 0);
    private final Replays replays = hub();

    @BeforeAll
    static void open() throws Exception {
        postgres = EmbeddedPostgres.start();
        database = postgres.getPostgresDatabase();
        JdbcClient.create(database)
                .sql(new ClassPathResource("db/migration/V6_8__webhook_replay.sql")
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();
    }

    @AfterAll
    static void close() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(database).sql("delete from webhook_replay").update();
    }

    @Test
    void deliveries_beginAgainOldestFirst_soManyASecond_overAllHubs() {
        List<UUID> deliveries = deliveries(25);
        Replay replay = replays.start(brand, "ops/demo", 10, deliveries);
        assertThat(replay.done()).isZero();

        replays.carryOn();
        replays.carryOn();
        hub().carryOn();
        assertThat(begun).containsExactlyElementsOf(deliveries.subList(0, 10));

        clock.move(Duration.ofSeconds(1));
        hub().carryOn();
        assertThat(begun).hasSize(20);
        clock.move(Duration.ofSeconds(1));
        replays.carryOn();

        assertThat(begun).containsExactlyElementsOf(deliveries);
        Replay ended = replays.find(brand, replay.id()).orElseThrow();
        assertThat(ended.done()).isEqualTo(25);
        assertThat(ended.endedAt()).isEqualTo(clock.instant());
        assertThat(ended.stoppedBy()).isNull();
    }

    /** A timer of a second is sometimes some milliseconds early: it left out every other turn. */
    @Test
    void timerThatComesABitEarly_isNotATurnLess_andOneThatIsFastIsNotATurnMore() {
        replays.start(brand, "ops/demo", 1, deliveries(30));
        for (int tick = 0; tick < 10; tick++) {
            replays.carryOn();
            clock.move(Duration.ofMillis(997));
        }
        assertThat(begun).hasSize(10);

        for (int tick = 0; tick < 100; tick++) {
            replays.carryOn();
            clock.move(Duration.ofMillis(100));
        }
        assertThat(begun).hasSizeBetween(19, 21);
    }

    @Test
    void hubsThatWereAway_doNotMakeUpForIt() {
        replays.start(brand, "ops/demo", 3, deliveries(30));
        replays.carryOn();
        clock.move(Duration.ofMinutes(5));

        replays.carryOn();
        hub().carryOn();

        assertThat(begun).hasSize(6);
    }

    @Test
    void turnThatBreaksOff_isDoneAgainWhole() {
        Replay replay = replays.start(brand, "ops/demo", 50, deliveries(3));
        crashes = true;
        assertThatThrownBy(replays::carryOn).isInstanceOf(IllegalStateException.class);
        assertThat(replays.find(brand, replay.id()).orElseThrow().done()).isZero();

        crashes = false;
        begun.clear();
        hub().carryOn();

        assertThat(begun).hasSize(3).doesNotHaveDuplicates();
        assertThat(replays.find(brand, replay.id()).orElseThrow().done()).isEqualTo(3);
    }

    @Test
    void stopped_itLeavesTheRest_andAnotherMayBegin() {
        Replay replay = replays.start(brand, "ops/demo", 1, deliveries(5));
        assertThatThrownBy(() -> replays.start(brand, "ops/demo", 1, deliveries(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not through yet");
        replays.carryOn();

        assertThat(replays.stop("another-brand", replay.id(), "ops/x")).isFalse();
        assertThat(replays.stop(brand, replay.id(), "ops/eva")).isTrue();
        assertThat(replays.stop(brand, replay.id(), "ops/eva")).isFalse();

        clock.move(Duration.ofSeconds(5));
        replays.carryOn();
        assertThat(begun).hasSize(1);
        assertThat(replays.list(brand))
                .extracting(Replay::done, Replay::total, Replay::stoppedBy)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 5, "ops/eva"));
        assertThat(replays.list("another-brand")).isEmpty();
        replays.start(brand, "ops/demo", 1, deliveries(1));
    }

    @Test
    void erasedDeliveries_areCounted_andTooManyOrNoneAreRefused() {
        List<UUID> deliveries = deliveries(3);
        erased = deliveries.get(1);
        Replay replay = replays.start(brand, "ops/demo", 50, deliveries);
        replays.carryOn();

        Replay ended = replays.find(brand, replay.id()).orElseThrow();
        assertThat(ended.done()).isEqualTo(2);
        assertThat(ended.refused()).isEqualTo(1);
        assertThat(ended.endedAt()).isNotNull();
        for (int wrong : new int[] {0, 1_001}) {
            assertThatThrownBy(() -> replays.start(brand, "ops/demo", 1, deliveries(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("deliveries: " + wrong + " (expected: 1..1000");
        }
    }

    private Replays hub() {
        return new Replays(
                JdbcClient.create(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                this::again,
                clock);
    }

    private boolean again(UUID delivery) {
        if (crashes && begun.size() == 1) {
            throw new IllegalStateException("killed");
        }
        if (delivery.equals(erased)) {
            return false;
        }
        begun.add(delivery);
        return true;
    }

    private static List<UUID> deliveries(int many) {
        return Stream.generate(UUID::randomUUID).limit(many).toList();
    }

    private static final class Moved extends Clock {
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
