package dev.weir.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Order.State;
import dev.weir.live.Show;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Hold;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private final OrdersBench bench = new OrdersBench();

    private Attribution attributed(Map<String, String> evidence) {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1, evidence));
        return bench.only().attribution();
    }

    @Test
    void orderDuringAShow_isTheShowsWithWhatWasPinned() {
        Show show = bench.liveShow();

        Attribution attribution = attributed(Map.of("utm_source", "mail", "landing_site", "/"));

        assertThat(attribution.rule()).isEqualTo("live-window/1");
        assertThat(attribution.showId()).isEqualTo(show.id());
        assertThat(attribution.host()).isEqualTo("Mina");
        assertThat(attribution.pinSku()).isEqualTo("A-1");
        assertThat(attribution.mediaTimeMillis()).isZero();
        assertThat(attribution.campaign()).isEqualTo(Map.of("utm_source", "mail"));
        assertThat(bench.totals().orders())
                .isEqualTo(bench.orders.gmv().ofShow(show.id(), OrdersBench.EUR).orders());
    }

    @Test
    void noteOfAShow_outranksTheClock() {
        Show noted = bench.liveShow();
        bench.liveShow();

        Attribution attribution = attributed(Map.of("weir_show", noted.slug(), "weir_pin", "B-2"));

        assertThat(attribution.rule()).isEqualTo("evidence/1");
        assertThat(attribution.showId()).isEqualTo(noted.id());
        assertThat(attribution.pinSku()).isEqualTo("B-2");
    }

    @Test
    void noteOfAHold_namesItsShow() {
        Show show = bench.liveShow();
        Hold hold = bench.hold(show.id());

        assertThat(attributed(Map.of("weir_hold", hold.id().toString())))
                .satisfies(attribution -> assertThat(attribution.rule()).isEqualTo("evidence/1"))
                .satisfies(attribution -> assertThat(attribution.showId()).isEqualTo(show.id()));
    }

    @Test
    void noteThatMeansNothing_isNoEvidence() {
        Show foreign = new OrdersBench().liveShow();

        Map<String, String> evidence =
                Map.of("weir_show", foreign.slug(), "weir_hold", "junk", "weir_pin", "not a sku", "room_id", "7");

        assertThat(attributed(evidence).rule()).isEqualTo("none/1");
        assertThat(bench.only().attribution().showId()).isNull();
        assertThat(bench.jdbc
                        .sql("select evidence ->> 'room_id' from orders where id = :id")
                        .param("id", bench.only().id())
                        .query(String.class)
                        .single())
                .isEqualTo("7");
    }
}
