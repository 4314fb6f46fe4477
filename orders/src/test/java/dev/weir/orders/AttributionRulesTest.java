package dev.weir.orders;

import static dev.weir.orders.OrdersBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.connectors.Order.State;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import dev.weir.live.Show;
import dev.weir.orders.AttributionRules.Decision;
import dev.weir.orders.AttributionRules.Run;
import dev.weir.orders.AttributionRules.Shift;
import dev.weir.reservation.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class AttributionRulesTest {
    private final OrdersBench bench = new OrdersBench();
    private final AttributionRules rules = bench.orders.rules();

    private UUID order(String id, Map<String, String> evidence) {
        bench.book.take(bench.brand, bench.shop, bench.order(id, State.PAID, 1, evidence));
        return bench.book.list(bench.brand, null, null, null, null, 200).items().stream()
                .filter(order -> id.equals(order.externalId()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** On air too, but the one that started last is the one that counts. */
    private Show earlierShow() {
        bench.clock.turn(Duration.ofSeconds(-60));
        Show show = bench.liveShow();
        bench.clock.turn(Duration.ofSeconds(60));
        return show;
    }

    private List<Decision> of(UUID order) {
        return rules.of(bench.brand, order);
    }

    private Run rerun(int ruleset) {
        Run begun = rules.rerun(bench.brand, ruleset, NOON.minusSeconds(60), NOON.plusSeconds(60));
        while (!rules.run(bench.brand, begun.id()).orElseThrow().isDone()) {
            rules.carryOn();
        }
        return rules.run(bench.brand, begun.id()).orElseThrow();
    }

    @Test
    void rulesThatLost_areKept_withTheirReasonsAndTheEvidence() {
        Show noted = earlierShow();
        Show onAir = bench.liveShow();
        UUID order = order("1", Map.of("weir_show", noted.slug(), "room_id", "7"));

        Decision decision = of(order).getFirst();
        assertThat(decision.ruleset()).isEqualTo(1);
        assertThat(decision.winner().rule()).isEqualTo("evidence/1");
        assertThat(decision.reason()).isEqualTo("the shop noted our show");
        assertThat(decision.losers())
                .containsExactly(
                        new AttributionRules.Claim("live-window/1", onAir.id(), "Mina", "A-1", "the show was on air"));
        assertThat(decision.evidence()).containsEntry("room_id", "7");
        assertThat(decision.cause()).isEqualTo("intake");
    }

    @Test
    void anOrderWithAHold_saysItself() {
        Show show = bench.liveShow();
        Hold hold = bench.hold(show.id());
        bench.book.place(bench.paid(hold));
        assertThat(of(bench.only().id()))
                .extracting(Decision::ruleset, decision -> decision.winner().rule(), Decision::cause)
                .containsExactly(tuple(0, "hold/1", "hold/" + hold.id()));
        assertThat(rerun(2).total()).isZero();
    }

    @Test
    void newRulesOverOldOrders_areANewRevision_andTheBooksStay() {
        Show show = bench.liveShow();
        OrderLine elsewhere = OrdersBench.line(new Sku("Z-9"), 1, "10.00");
        bench.reservations.stock.put(new Sku("Z-9"), 5);
        bench.book.take(
                bench.brand, bench.shop, bench.order("1", State.PAID, 1, List.of(elsewhere), "10.00", Map.of()));
        UUID foreign = bench.only().id();
        UUID own = order("2", Map.of());
        var before = bench.report(GmvReport.Dimension.SHOW);

        Run run = rerun(2);

        assertThat(run.total()).isEqualTo(2);
        assertThat(run.done()).isEqualTo(2);
        assertThat(run.changed()).isEqualTo(1);
        assertThat(of(foreign))
                .extracting(
                        Decision::revision,
                        Decision::ruleset,
                        decision -> decision.winner().rule())
                .containsExactly(tuple(1, 1, "live-window/1"), tuple(2, 2, "none/1"));
        assertThat(of(own).getLast().winner().rule()).isEqualTo("live-product/1");
        assertThat(of(own).getLast().reason()).isEqualTo("the show was on air and sold A-1");
        assertThat(of(own).getLast().cause()).isEqualTo("rerun/" + run.id());
        assertThat(rules.shifts(bench.brand, run.id()))
                .containsExactly(new Shift(show.id(), null, 1, OrdersBench.eur("10.00")));
        assertThat(bench.report(GmvReport.Dimension.SHOW)).isEqualTo(before);
        assertThat(bench.book.find(foreign).orElseThrow().attribution().showId())
                .isEqualTo(show.id());
    }

    @Test
    void ordersAfterAShow_belongToIt_forADay_inTheSecondSet() {
        Show show = bench.liveShow();
        bench.live.shows().end(show.id());
        UUID order = order("1", Map.of());
        assertThat(of(order).getFirst().winner().rule()).isEqualTo("none/1");

        rerun(2);
        assertThat(of(order).getLast().winner().rule()).isEqualTo("after-show/1");
        assertThat(of(order).getLast().winner().showId()).isEqualTo(show.id());
        assertThat(of(order).getLast().winner().mediaTimeMillis()).isZero();
    }

    @Test
    void aCampaignThatNamesAShow_winsOverTheClock_inTheSecondSet() {
        Show named = earlierShow();
        Show onAir = bench.liveShow();
        rules.adopt(bench.brand, 2);
        UUID order = order("1", Map.of("utm_campaign", named.slug()));

        Decision decision = of(order).getFirst();
        assertThat(decision.winner().rule()).isEqualTo("campaign/1");
        assertThat(decision.winner().showId()).isEqualTo(named.id());
        assertThat(decision.losers())
                .extracting(AttributionRules.Claim::rule, AttributionRules.Claim::showId)
                .containsExactly(tuple("live-product/1", onAir.id()));
        assertThat(rules.inForce(bench.brand)).isEqualTo(2);
    }

    @Test
    void manyHubs_judgeEachOrderOfARunOnce() throws Exception {
        bench.liveShow();
        bench.reservations.stock.put(OrdersBench.A, 1_000);
        bench.reservations.stock.put(OrdersBench.B, 1_000);
        for (int i = 0; i < 120; i++) {
            order("n" + i, Map.of());
        }
        Run begun = rules.rerun(bench.brand, 2, NOON.minusSeconds(60), NOON.plusSeconds(60));
        try (var hubs = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                hubs.submit(rules::carryOn);
            }
        }
        rules.carryOn();
        Run run = rules.run(bench.brand, begun.id()).orElseThrow();
        assertThat(run.isDone()).isTrue();
        assertThat(run.done()).isEqualTo(120);
        assertThat(bench.jdbc
                        .sql("select count(*) from order_attribution where run_id = :id")
                        .param("id", run.id())
                        .query(Long.class)
                        .single())
                .isEqualTo(120);
        assertThat(rules.runs(bench.brand, 10)).containsExactly(run);
    }

    @Test
    void aDecision_cannotBeRewritten() {
        UUID order = order("1", Map.of());
        assertThatThrownBy(() -> bench.jdbc
                        .sql("update order_attribution set rule = 'x' where order_id = :id")
                        .param("id", order)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("UPDATE of order_attribution: refused");
    }

    @Test
    void anotherBrand_seesNothing_andUnknownSetsAreRefused() {
        UUID order = order("1", Map.of());
        Run run = rerun(1);
        assertThat(rules.of("someone else", order)).isEmpty();
        assertThat(rules.run("someone else", run.id())).isEmpty();
        assertThat(rules.shifts("someone else", run.id())).isEmpty();
        assertThatThrownBy(() -> rules.rerun(bench.brand, 9, NOON, NOON.plus(Duration.ofDays(1))))
                .hasMessage("ruleset: 9 (expected: one of [1, 2])");
        assertThatThrownBy(() -> rules.rerun(bench.brand, 1, NOON, NOON))
                .hasMessageStartingWith("to: 2026-11-24T12:00:00Z (expected: after from");
    }
}
