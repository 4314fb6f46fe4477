package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.routes.WebhookLog.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of deliveries that come while the database is away. */
class IntakeOutageTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private RoutesBench bench;
    private FakeShop shop;

    @BeforeEach
    void open() {
        bench = new RoutesBench();
        shop = bench.shop("shop", Capability.ORDER_WEBHOOK);
        bench.intake = IntakeSettings.defaults().withSpool(folder, MIB);
    }

    @AfterEach
    void close() {
        bench.database.away = false;
        bench.close();
    }

    @Test
    void withoutASpool_theDeliveryIsRefused_andTakenWhenItComesAgain() {
        bench.intake = IntakeSettings.defaults();
        RoutesModule module = bench.start();
        bench.database.away = true;
        assertThatThrownBy(() -> bench.deliver(module, shop, "d1", "order 1"))
                .isInstanceOf(Inbox.Unavailable.class)
                .hasMessageContaining("d1");
        bench.database.away = false;
        assertThat(bench.deliver(module, shop, "d1", "order 1").repeated()).isFalse();
        effectsBecome("order 1");
    }

    @Test
    void withASpool_deliveriesAreTaken_andHaveTheirEffectsOnce_whenTheDatabaseIsBack() {
        RoutesModule module = bench.start();
        bench.deliver(module, shop, "d0", "order 0");
        effectsBecome("order 0");
        bench.database.away = true;
        assertThat(bench.deliver(module, shop, "d0", "order 0").spooled()).isTrue();
        Inbox.Stored first = bench.deliver(module, shop, "d1", "order 1");
        assertThat(first.spooled()).isTrue();
        assertThat(bench.deliver(module, shop, "d1", "order 1").spooled()).isTrue();
        assertThat(module.inbox().isAway()).isTrue();
        assertThat(module.inbox().spooledBytes()).isPositive();
        assertThat(module.inbox().spooledSince()).isPresent();
        bench.database.away = false;
        effectsBecome("order 0", "order 1");
        eventually().until(() -> module.inbox().spooledBytes() == 0);
        assertThat(module.inbox().spooledSince()).isEmpty();
        assertThat(bench.entry(module, first.id()).state()).isEqualTo(State.PROCESSED);
        assertThat(module.inbox().isAway()).isFalse();
        assertThat(rows()).containsExactly("d0", "d1");
    }

    @Test
    void deliveriesComeOutInTheOrderInWhichTheyWent() {
        RoutesModule module = bench.start();
        bench.database.away = true;
        String[] expected = new String[150];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = "d" + i;
            bench.deliver(module, shop, expected[i], "nothing " + i);
        }
        bench.database.away = false;
        eventually().until(() -> module.inbox().spooledBytes() == 0);
        assertThat(rows()).containsExactly(expected);
    }

    @Test
    void fullSpool_refuses_andTakesAgainOnceItIsDrained() {
        RoutesModule module = bench.start();
        bench.database.away = true;
        String large = "nothing " + "x".repeat(400_000);
        bench.deliver(module, shop, "d1", large);
        bench.deliver(module, shop, "d2", large);
        assertThatThrownBy(() -> bench.deliver(module, shop, "d3", large))
                .isInstanceOf(Inbox.Unavailable.class)
                .hasMessageContaining("d3");
        bench.deliver(module, shop, "d4", "nothing");
        bench.database.away = false;
        eventually().until(() -> module.inbox().spooledBytes() == 0);
        assertThat(rows()).containsExactly("d1", "d2", "d4");
        bench.deliver(module, shop, "d3", large);
        eventually().untilAsserted(() -> assertThat(rows()).containsExactly("d1", "d2", "d4", "d3"));
    }

    @Test
    void hubThatIsStoppedMeanwhile_drainsAtItsNextStart() {
        RoutesModule first = bench.create();
        bench.database.away = true;
        bench.deliver(first, shop, "d1", "order 1");
        first.close();
        bench.database.away = false;
        assertThat(rows()).isEmpty();
        bench.start();
        effectsBecome("order 1");
    }

    @Test
    void twoHubsWithOneFolder_haveSpoolsOfTheirOwn_andWhatOneLeftBehindIsTakenUp() {
        RoutesModule left = bench.create();
        RoutesModule other = bench.create();
        bench.database.away = true;
        bench.deliver(left, shop, "d1", "order 1");
        bench.deliver(other, shop, "d2", "order 2");
        assertThat(folder.resolve("0")).isNotEmptyDirectory();
        assertThat(folder.resolve("1")).isNotEmptyDirectory();
        left.close();
        bench.database.away = false;
        assertThat(rows()).isEmpty();
        // The one that runs now takes the free spool for itself; the other drains its own.
        bench.start();
        other.start(Duration.ofSeconds(30));
        eventually().untilAsserted(() -> assertThat(rows()).containsExactlyInAnyOrder("d1", "d2"));
    }

    /** Each test starts a broker's consumers anew: longer than usual on a busy machine. */
    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60));
    }

    private List<String> rows() {
        return bench.jdbc
                .sql("select delivery_id from inbox where connection_id = :shop order by seq")
                .param("shop", bench.id(shop))
                .query(String.class)
                .list();
    }

    private void effectsBecome(String... expected) {
        eventually()
                .untilAsserted(
                        () -> assertThat(bench.books.effects(bench.id(shop))).containsExactly(expected));
    }
}
