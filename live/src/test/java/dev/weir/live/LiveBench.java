package dev.weir.live;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A live module over a real database, a clock to turn and an outbox to look into; one database for all tests. */
final class LiveBench {
    static final DataSource DATABASE = database();
    static final UUID SHOP = UUID.fromString("00000000-0000-4000-8000-000000000001");

    final String brand = "brand-" + UUID.randomUUID();
    final TurnClock clock = new TurnClock();
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final List<ShowEvents.Event> heard = Collections.synchronizedList(new ArrayList<>());
    final JdbcClient jdbc = JdbcClient.create(DATABASE);
    final DataSourceTransactionManager transactions = new DataSourceTransactionManager(DATABASE);
    final TransactionTemplate transaction = new TransactionTemplate(transactions);
    final Outbox outbox = events -> events.forEach(event ->
            told.add(event.type() + Objects.requireNonNullElse(event.payload().get("sku"), "")));
    MediaClock.@Nullable Position position;
    /** Milliseconds that the picture moves on each time it is asked where it is. */
    long movesOn;

    final LiveModule live = LiveModule.create(DATABASE, transactions, outbox, clock, show -> place(), new Flip());

    Show show(Sku... skus) {
        for (Sku sku : skus) {
            product(sku, "10.00");
        }
        Show show = live.shows().create(brand, "Autumn " + UUID.randomUUID(), null, "Mina", null);
        live.runSheet().set(show.id(), List.of(skus));
        live.events().subscribe(show.id(), event -> {
            if (!event.name().equals("viewers")) {
                heard.add(event);
            }
        });
        told.clear();
        return show;
    }

    void product(Sku sku, String price) {
        String id = brand + "/" + sku;
        live.catalogue()
                .put(
                        brand,
                        SHOP,
                        new Listing(
                                sku,
                                "A " + sku,
                                Money.of(price, "EUR"),
                                URI.create("https://cdn.example/a.png"),
                                id,
                                "s" + id,
                                7));
    }

    List<String> heardNames() {
        return heard.stream().map(ShowEvents.Event::name).toList();
    }

    private static DataSource database() {
        try {
            DataSource database = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .start()
                    .getPostgresDatabase();
            Flyway.configure().dataSource(database).load().migrate();
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(database);
            return pool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands still until turned. */
    static final class TurnClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T18:00:00Z");

        Instant turn(Duration by) {
            now = now.plus(by);
            return now;
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

    /** Turns every bit: not a secret, but not clear text either. */
    private static final class Flip implements SecretSeal {
        @Override
        public byte[] seal(byte[] clear) {
            byte[] sealed = clear.clone();
            for (int i = 0; i < sealed.length; i++) {
                sealed[i] = (byte) ~sealed[i];
            }
            return sealed;
        }

        @Override
        public byte[] open(byte[] sealed) {
            return seal(sealed);
        }
    }

    static Map<String, String> eur(String amount) {
        return Map.of("amount", amount, "currency", "EUR");
    }

    private Optional<MediaClock.Position> place() {
        MediaClock.Position now = position;
        if (now != null) {
            position = new MediaClock.Position(now.epoch(), now.millis() + movesOn);
        }
        return Optional.ofNullable(now);
    }
}
