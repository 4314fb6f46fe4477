package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.hub.internal.connections.Stakes.Stake;
import dev.weir.routes.StockStanding;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does a connection that is away tell what waits for it, and that of its brand alone? */
class StakesTest {
    private static final String NOON = "2026-11-24T12:00:00Z";
    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;

    private final String brand = "brand-" + UUID.randomUUID();
    private final Connection own = connection("Tonwerk", Map.of("backend", "true"));
    private final Connection shop = connection("TikTok DE", Map.of());
    private final Stakes stakes = new Stakes(
            jdbc, () -> List.of(new StockStanding(shop.id(), shop.channel(), 12, Duration.ofMillis(34_900))));

    @BeforeAll
    static void open() throws Exception {
        postgres = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        for (String file : List.of("V1_1__reservation", "V3_1__orders", "V5_1__routes", "V5_7__errands")) {
            jdbc.sql(new ClassPathResource("db/migration/" + file + ".sql").getContentAsString(StandardCharsets.UTF_8))
                    .update();
        }
    }

    @AfterAll
    static void close() throws Exception {
        postgres.close();
    }

    @Test
    void paidOrders_waitForTheBrandsOwnShop_withTheirMoneyByCurrency() {
        push(brand, 1_000, "EUR", "DUE", "2026-11-24T11:58:00Z");
        push(brand, 2_550, "EUR", "DUE", NOON);
        push(brand, 900, "USD", "DUE", "2026-11-24T11:59:00Z");
        push(brand, 7_777, "EUR", "PUSHED", NOON);
        push("another-" + brand, 8_888, "EUR", "DUE", NOON);

        Stake stake = stake(own, Set.of());
        assertThat(stake.name()).isEqualTo("Tonwerk");
        assertThat(stake.orders()).isEqualTo(3);
        assertThat(stake.oldest()).isEqualTo(Instant.parse("2026-11-24T11:58:00Z"));
        assertThat(stake.worth()).containsExactly(Money.of("35.50", "EUR"), Money.of("9.00", "USD"));
        assertThat(stake(shop, Set.of()).orders()).isZero();
    }

    @Test
    void levelsAndErrands_areThoseOfTheShop() {
        errand(brand, shop, "1", "DUE");
        errand(brand, shop, "2", "DUE");
        errand(brand, shop, "3", "DONE");

        Stake stake = stake(shop, Set.of());
        assertThat(stake.levels()).isEqualTo(12);
        assertThat(stake.behindSeconds()).isEqualTo(34);
        assertThat(stake.errands()).isEqualTo(2);
        assertThat(stake(own, Set.of())).isEqualTo(new Stake(own.id(), "Tonwerk", 0, 0, 0, null, List.of(), 0, 0));
    }

    @Test
    void unitsThatBuyersHold_areToldOfAShopThatLists_them_whileItCannotBeReached() {
        jdbc.sql("insert into published_level (connection_id, sku) values (?, 'POT'), (?, 'CUP')")
                .params(shop.id(), shop.id())
                .update();
        hold("HELD", "POT", 3);
        hold("PAYING", "CUP", 2);
        hold("RELEASED", "POT", 50);
        hold("HELD", "VASE", 70);

        assertThat(stake(shop, Set.of(shop.id())).heldUnits()).isEqualTo(5);
        assertThat(stake(shop, Set.of()).heldUnits()).isZero();
        assertThat(stake(own, Set.of(shop.id(), own.id())).heldUnits()).isZero();
    }

    private Stake stake(Connection of, Set<UUID> deaf) {
        return stakes.of(brand, List.of(own, shop), deaf).stream()
                .filter(stake -> stake.connectionId().equals(of.id()))
                .findFirst()
                .orElseThrow();
    }

    private Connection connection(String name, Map<String, String> settings) {
        return new Connection(UUID.randomUUID(), brand, "shopify", name, settings);
    }

    private static void push(String brand, long minor, String currency, String state, String at) {
        UUID order = UUID.randomUUID();
        jdbc.sql(
                        "insert into orders (id, brand, channel, hold_id, state, placed_at, updated_at, total_minor, currency,"
                                + " attributed_at, attribution_rule, units_taken, booked, recorded_at) values"
                                + " (:id, :brand, 'player', :id, 'PAID', now(), now(), :minor, :currency, now(), 'pin', true, true, now())")
                .param("id", order)
                .param("brand", brand)
                .param("minor", minor)
                .param("currency", currency)
                .update();
        jdbc.sql("insert into order_push (order_id, brand, state, next_try_at, created_at)"
                        + " values (?, ?, ?, now(), cast(? as timestamptz))")
                .params(order, brand, state, at)
                .update();
    }

    private static void errand(String brand, Connection at, String key, String state) {
        jdbc.sql("insert into channel_errand (kind, connection_id, key, brand, state, next_try_at, created_at)"
                        + " values ('SHIP', ?, ?, ?, ?, now(), now())")
                .params(at.id(), key, brand, state)
                .update();
    }

    private void hold(String state, String sku, int quantity) {
        UUID hold = UUID.randomUUID();
        jdbc.sql("insert into hold (id, brand, show_id, idempotency_key, request_hash, token_hash, state, created_at,"
                        + " expires_at, attribution) values (:id, :brand, :id, :key, '', cast(:key as bytea), :state,"
                        + " now(), now(), '{}')")
                .param("id", hold)
                .param("brand", brand)
                .param("key", hold.toString())
                .param("state", state)
                .update();
        jdbc.sql("insert into hold_line (hold_id, line_no, sku, quantity, unit_minor, currency)"
                        + " values (?, 1, ?, ?, 100, 'EUR')")
                .params(hold, sku, quantity)
                .update();
    }
}
