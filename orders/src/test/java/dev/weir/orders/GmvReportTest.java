package dev.weir.orders;

import static dev.weir.orders.OrdersBench.A;
import static dev.weir.orders.OrdersBench.EUR;
import static dev.weir.orders.OrdersBench.NOON;
import static dev.weir.orders.OrdersBench.eur;
import static dev.weir.orders.OrdersBench.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.connectors.Order.State;
import dev.weir.live.Show;
import dev.weir.orders.GmvReport.Dimension;
import dev.weir.orders.GmvReport.Query;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GmvReportTest {
    private final OrdersBench bench = new OrdersBench();
    private final Show show = bench.liveShow();

    @BeforeEach
    void twoOrdersAndARefund() {
        bench.book.place(bench.paid(bench.hold(show.id())));
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));
        bench.book.take(bench.brand, bench.shop, bench.order("2", State.PAID, 1));
        bench.book.take(bench.brand, bench.shop, bench.order("2", State.CANCELLED, 2));
        bench.book.refund(bench.brand, bench.shop, bench.refund("r", "1", "10.00", line(A, 1, "10.00")));
    }

    @Test
    void totals_leaveOutShippingAndWhatWasCalledOff() {
        GmvReport.Totals totals = bench.totals();

        assertThat(totals).isEqualTo(new GmvReport.Totals(2, 5, eur("45.50"), eur("10.00"), eur("35.50")));
        assertThat(bench.orders.gmv().ofShow(show.id(), EUR)).isEqualTo(totals);
        assertThat(bench.orders.gmv().imbalance()).isEmpty();
    }

    @Test
    void rows_addUpToTheTotalsByEveryDimension() {
        for (Dimension dimension : Dimension.values()) {
            GmvReport.Result result = bench.report(dimension);
            assertThat(result.rows().stream()
                            .mapToLong(row -> row.totals().gross().minor())
                            .sum())
                    .isEqualTo(4550);
            assertThat(result.rows().stream()
                            .mapToLong(row -> row.totals().refunds().minor())
                            .sum())
                    .isEqualTo(1000);
        }
    }

    @Test
    void rows_carryTheirKeysAndTheShowsTitle() {
        GmvReport.Result result = bench.report(Dimension.CHANNEL, Dimension.SHOW);

        assertThat(result.rows())
                .extracting(GmvReport.Row::keys)
                .containsExactlyInAnyOrder(keys("PLAYER"), keys("tiktok-shop"));
        assertThat(bench.report().rows())
                .singleElement()
                .satisfies(row -> assertThat(row.keys()).isEmpty());
        assertThat(bench.report(EnumSet.allOf(Dimension.class).toArray(Dimension[]::new))
                        .rows())
                .hasSize(3);
    }

    @Test
    void day_isTheZonesOwn() {
        assertThat(daysIn("UTC")).containsExactly("2026-11-24");
        assertThat(daysIn("Pacific/Kiritimati")).containsExactly("2026-11-25");
    }

    @Test
    void otherBrandCurrencyOrPeriod_seesNothing() {
        GmvReport gmv = bench.orders.gmv();
        Duration day = Duration.ofDays(1);

        assertThat(gmv.run(new Query("other", NOON, NOON.plus(day), Set.of(), ZoneOffset.UTC, EUR))
                        .totals()
                        .orders())
                .isZero();
        assertThat(gmv.run(new Query(bench.brand, NOON.minus(day), NOON, Set.of(), ZoneOffset.UTC, EUR))
                        .totals()
                        .gross())
                .isEqualTo(eur("0.00"));
        assertThat(gmv.ofShow(UUID.randomUUID(), EUR).units()).isZero();
    }

    @Test
    void impossiblePeriod_isRefusedByValue() {
        GmvReport gmv = bench.orders.gmv();
        for (Duration period : new Duration[] {Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(401)}) {
            Query query = new Query(bench.brand, NOON, NOON.plus(period), Set.of(), ZoneOffset.UTC, EUR);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gmv.run(query))
                    .withMessageContaining("to: " + query.to());
        }
    }

    private Map<String, String> keys(String channel) {
        return Map.of("channel", channel, "show", show.id().toString(), "showTitle", show.title());
    }

    private java.util.List<String> daysIn(String zone) {
        Query query = new Query(
                bench.brand, NOON, NOON.plus(Duration.ofDays(1)), Set.of(Dimension.DAY), ZoneId.of(zone), EUR);
        return bench.orders.gmv().run(query).rows().stream()
                .map(row -> row.keys().getOrDefault("day", "none"))
                .toList();
    }
}
