package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.connectors.Sku;
import dev.weir.reservation.StockHistory.Moved;
import dev.weir.reservation.StockHistory.Stage;
import dev.weir.reservation.StockHistory.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class StockHistoryTest {
    private final Shop shop = new Shop(Servers.database(), null);
    private final StockHistory history = shop.module.history();

    @AfterEach
    void everyUnitIsAccountedFor() {
        shop.invariantHolds();
        shop.close();
    }

    private Instant now() {
        return shop.clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private List<Moved> all(Sku sku) {
        return history.ofSku(shop.brand, sku, StockHistory.NEWEST, 100);
    }

    @Test
    void everyMovementOfASku_isTold_withItsCauseAndWhatWasThereAfterIt() {
        Sku sku = shop.stocked("A", 10);
        Hold sold = shop.held(sku, 2);
        Hold given = shop.held(sku, 3);
        shop.reservations.commit(sold.id(), "order/1");
        shop.reservations.release(given.id());
        shop.reservations.sell(new Sale(shop.brand, "tiktok-shop", Map.of(sku, 1), "order/2"));

        assertThat(all(sku))
                .extracting(Moved::kind, Moved::by, Moved::after, Moved::cause)
                .containsExactly(
                        tuple("SELL", new Units(0, 0, 1, 0), new Units(10, 0, 3, 0), "order/2"),
                        tuple("RELEASE", new Units(0, -3, 0, 0), new Units(10, 0, 2, 0), "hold/" + given.id()),
                        tuple("COMMIT", new Units(0, -2, 2, 0), new Units(10, 3, 2, 0), "order/1"),
                        tuple("HOLD", new Units(0, 3, 0, 0), new Units(10, 5, 0, 0), "hold/" + given.id()),
                        tuple("HOLD", new Units(0, 2, 0, 0), new Units(10, 2, 0, 0), "hold/" + sold.id()),
                        tuple("ON_HAND", new Units(10, 0, 0, 0), new Units(10, 0, 0, 0), "test"));
    }

    @Test
    void pages_followEachOther_whileUnitsGoOnMoving() {
        Sku sku = shop.stocked("A", 10);
        for (int i = 0; i < 6; i++) {
            shop.held(sku, 1);
        }
        List<Moved> whole = all(sku);
        List<Moved> paged = new ArrayList<>();
        long before = StockHistory.NEWEST;
        for (List<Moved> page = history.ofSku(shop.brand, sku, before, 3);
                !page.isEmpty();
                page = history.ofSku(shop.brand, sku, before, 3)) {
            paged.addAll(page);
            before = page.getLast().id();
            shop.held(sku, 1);
        }
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void anotherBrandsSku_hasNoHistory() {
        shop.stocked("A", 10);
        assertThat(history.ofSku("someone else", new Sku("A"), StockHistory.NEWEST, 10))
                .isEmpty();
        assertThatThrownBy(() -> history.ofSku(shop.brand, new Sku("A"), StockHistory.NEWEST, 501))
                .hasMessage("limit: 501 (expected: 1..500)");
    }

    @Test
    void aPaidHold_tellsWhenItWasHeld_whenPaymentBegan_andWhenItWasSold() {
        Sku sku = shop.stocked("A", 10);
        Instant held = now();
        Hold hold = shop.held(sku, 2);
        shop.clock.move(Duration.ofSeconds(40));
        Instant paying = now();
        assertThat(shop.reservations.startPaying(hold.id())).isTrue();
        shop.clock.move(Duration.ofSeconds(100));
        shop.reservations.commit(hold.id(), "order/7");

        StockHistory.HoldLife life = history.ofHold(shop.brand, hold.id()).orElseThrow();
        assertThat(life.stages())
                .containsExactly(
                        new Stage(Hold.State.HELD, held),
                        new Stage(Hold.State.PAYING, paying),
                        new Stage(Hold.State.COMMITTED, now()));
        assertThat(life.movements())
                .extracting(Moved::kind, Moved::sku, Moved::cause)
                .containsExactly(tuple("HOLD", sku, "hold/" + hold.id()), tuple("COMMIT", sku, "order/7"));
        assertThat(life.hold().attribution().host()).isEqualTo("Mia");
    }

    @Test
    void aHoldPastItsTime_endedWhenItsTimeDid_sweptOrNot() {
        Sku sku = shop.stocked("A", 10);
        Hold hold = shop.held(sku, 2);
        shop.clock.move(Duration.ofSeconds(95));

        Stage unswept =
                history.ofHold(shop.brand, hold.id()).orElseThrow().stages().getLast();
        assertThat(unswept).isEqualTo(new Stage(Hold.State.EXPIRED, hold.expiresAt()));

        shop.module.sweeper().sweep();
        assertThat(history.ofHold(shop.brand, hold.id()).orElseThrow().movements())
                .extracting(Moved::kind)
                .containsExactly("HOLD", "EXPIRE");
    }

    @Test
    void aHoldOfAnotherBrand_isNotThere() {
        Sku sku = shop.stocked("A", 10);
        Hold hold = shop.held(sku, 1);
        assertThat(history.ofHold("someone else", hold.id())).isEmpty();
        assertThat(history.ofHold(shop.brand, UUID.randomUUID())).isEmpty();
    }

    @Test
    void whatHasMoved_cannotBeRewritten() {
        shop.stocked("A", 10);
        assertThatThrownBy(() -> shop.jdbc.update("update stock_movement set held = 0 where brand = ?", shop.brand))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("UPDATE of stock_movement: refused (expected: a new movement)");
        assertThatThrownBy(() -> shop.jdbc.update("delete from stock_movement where brand = ?", shop.brand))
                .hasMessageContaining("DELETE of stock_movement: refused");
    }
}
