package dev.weir.reservation;

import static dev.weir.reservation.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of the line for a sold-out SKU. */
abstract class WaitlistContract {
    protected Shop shop;
    private Waitlist waitlist;
    private Sku sku;
    private Hold taken;

    protected abstract Shop open();

    @BeforeEach
    void openShop() {
        shop = open();
        waitlist = shop.module.waitlist();
        sku = shop.stocked("DROP", 1);
        rules(null);
        taken = shop.held(sku, 1);
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        try (Shop open = shop) {
            open.invariantHolds();
            assertThat(open.jdbc.queryForList(
                            "select sku from stock s where brand = ? and waiting <> (select count(*) from waitlist w"
                                    + " where w.brand = s.brand and w.sku = s.sku and w.state = 'WAITING')",
                            open.brand))
                    .isEmpty();
        }
    }

    @Test
    void release_handsTheUnitToTheFirstInLine_andATapInBetweenGetsNothing() {
        Waitlist.Entry ada = joined("ada", 1);
        Waitlist.Entry ben = joined("ben", 1);
        assertThat(ada.position()).isEqualTo(1);
        assertThat(ben.position()).isEqualTo(2);
        shop.reservations.release(taken.id());
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        Hold offered = offered(ada);
        assertThat(offered.lines()).containsExactly(line(sku, 1));
        assertThat(offered.expiresAt()).isEqualTo(shop.clock.instant().plusSeconds(90));
        assertThat(waitlist.find(ben.id()).map(Waitlist.Entry::position)).contains(1);
        assertThat(shop.outbox.of(shop.brand))
                .filteredOn(told -> told.type().equals("WaitlistServed"))
                .hasSize(1);
        assertThat(shop.reservations.commit(offered.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void lapsedHold_goesToTheNext_andItsOwnLapseToTheOneAfter() {
        Waitlist.Entry ada = joined("ada", 1);
        Waitlist.Entry ben = joined("ben", 1);
        shop.clock.move(Duration.ofSeconds(90));
        shop.module.sweeper().sweep();
        Hold first = offered(ada);
        assertThat(waitlist.find(ben.id()).map(Waitlist.Entry::state)).contains(Waitlist.State.WAITING);
        shop.clock.move(Duration.ofSeconds(90));
        shop.module.sweeper().sweep();
        assertThat(shop.reservations.find(first.id()).map(Hold::state)).contains(Hold.State.EXPIRED);
        offered(ben);
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        shop.clock.move(Duration.ofSeconds(90));
        shop.module.sweeper().sweep();
        shop.held(sku, 1);
    }

    @Test
    void newStock_servesTheLineInOrder_andTheRestIsForEveryone() {
        Waitlist.Entry ada = joined("ada", 1);
        Waitlist.Entry ben = joined("ben", 2);
        Waitlist.Entry eve = joined("eve", 1);
        shop.stock.setOnHand(shop.brand, sku, 3, "count");
        offered(ada);
        assertThat(waitlist.find(ben.id()).map(Waitlist.Entry::state)).contains(Waitlist.State.WAITING);
        assertThat(shop.level(sku).available()).isZero();
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        shop.stock.setOnHand(shop.brand, sku, 6, "count");
        offered(ben);
        offered(eve);
        assertThat(shop.level(sku).available()).isEqualTo(1);
        shop.held(sku, 1);
    }

    @Test
    void restock_servesTheLine() {
        shop.reservations.commit(taken.id(), "order/1");
        Waitlist.Entry ada = joined("ada", 1);
        shop.reservations.restock(new Sale(shop.brand, Attribution.PLAYER, Map.of(sku, 1), "refund/1"));
        offered(ada);
    }

    @Test
    void releaseThatIsRolledBack_handsNothingOver() {
        Waitlist.Entry ada = joined("ada", 1);
        shop.transactions.executeWithoutResult(status -> {
            shop.reservations.release(taken.id());
            status.setRollbackOnly();
        });
        assertThat(waitlist.find(ada.id()).map(Waitlist.Entry::state)).contains(Waitlist.State.WAITING);
        shop.reservations.release(taken.id());
        offered(ada);
    }

    @Test
    void manyHubsAndReleases_serveEachPlaceOnce() throws Exception {
        shop.stock.setOnHand(shop.brand, sku, 20, "count");
        List<UUID> holds = new ArrayList<>(List.of(taken.id()));
        for (int i = 0; i < 19; i++) {
            holds.add(shop.held(sku, 1).id());
        }
        List<Waitlist.Entry> line = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            line.add(joined("buyer-" + i, 1));
        }
        try (ReservationModule other = shop.hub()) {
            AtomicInteger turn = new AtomicInteger();
            Shop.atOnce(20, () -> {
                int mine = turn.getAndIncrement();
                return (mine % 2 == 0 ? shop.reservations : other.reservations()).release(holds.get(mine));
            });
        }
        for (int i = 0; i < 30; i++) {
            assertThat(waitlist.find(line.get(i).id()).map(Waitlist.Entry::state))
                    .contains(i < 20 ? Waitlist.State.OFFERED : Waitlist.State.WAITING);
        }
        assertThat(shop.level(sku).held()).isEqualTo(20);
    }

    @Test
    void lineLongerThanOneTransactionServes_goesOnAtTheNextLook() {
        wait(600);
        shop.stock.setOnHand(shop.brand, sku, 1_000, "count");
        assertThat(offers()).isEqualTo(500);
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        shop.module.sweeper().lapse();
        assertThat(offers()).isEqualTo(600);
        shop.held(sku, 1);
    }

    private int offers() {
        return shop.jdbc.queryForObject(
                "select count(*) from waitlist where brand = ? and state = 'OFFERED'", Integer.class, shop.brand);
    }

    /** So many, without the way to the counter for each. */
    private void wait(int buyers) {
        shop.jdbc.update(
                "insert into waitlist (id, brand, sku, show_id, idempotency_key, request_hash, buyer, quantity, unit_minor,"
                        + " currency, attribution, hold_id, hold_key, token_hash, joined_at) select gen_random_uuid(), ?, ?, ?,"
                        + " 'many/' || i, '', 'buyer/' || i, 1, 1290, 'EUR', '{\"channel\":\"PLAYER\"}', gen_random_uuid(),"
                        + " 'waitlist/many/' || i, decode(md5(? || i), 'hex'), now() from generate_series(1, ?) i",
                shop.brand,
                sku.value(),
                shop.show,
                shop.brand,
                buyers);
        shop.jdbc.update("update stock set waiting = waiting + ? where brand = ?", buyers, shop.brand);
    }

    @Test
    void whoLeaves_isSkipped_andAnOfferCannotBeLeft() {
        Waitlist.Entry ada = joined("ada", 1);
        Waitlist.Entry ben = joined("ben", 1);
        assertThat(waitlist.leave(ada.id())).isTrue();
        assertThat(waitlist.leave(ada.id())).isTrue();
        assertThat(waitlist.leave(UUID.randomUUID())).isFalse();
        shop.reservations.release(taken.id());
        Hold offered = offered(ben);
        assertThat(waitlist.leave(ben.id())).isFalse();
        shop.reservations.release(offered.id());
        shop.held(sku, 1);
    }

    @Test
    void whoAloneBlocksTheLine_andLeaves_freesTheUnitsForEveryone() {
        Waitlist.Entry greedy = joined("ada", 5);
        shop.reservations.release(taken.id());
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        waitlist.leave(greedy.id());
        shop.held(sku, 1);
    }

    @Test
    void sameKey_isOneEntry_andOneBuyerHasOnePlace() throws Exception {
        HoldRequest request = ask("key", "ada", 1);
        List<Waitlist.JoinOutcome> outcomes = Shop.atOnce(10, () -> waitlist.join(request));
        assertThat(outcomes)
                .extracting(outcome ->
                        ((Waitlist.JoinOutcome.Joined) outcome).entry().id())
                .containsOnly(((Waitlist.JoinOutcome.Joined) outcomes.getFirst())
                        .entry()
                        .id());
        assertThat(waitlist.join(ask("key", "ada", 2)))
                .isEqualTo(new Waitlist.JoinOutcome.Refused(new HoldOutcome.KeyReused("key")));
        assertThat(waitlist.join(ask("other", "ada", 1))).isEqualTo(new Waitlist.JoinOutcome.AlreadyWaiting(sku));
        shop.reservations.release(taken.id());
        Waitlist.Entry again = ((Waitlist.JoinOutcome.Joined) waitlist.join(request)).entry();
        assertThat(again.state()).isEqualTo(Waitlist.State.OFFERED);
        offered(again);
    }

    @Test
    void line_isOnlyForWhatIsSoldOutAndFair() {
        assertThat(waitlist.join(ask("a", "ada", 1, new Sku("NONE"))))
                .isEqualTo(new Waitlist.JoinOutcome.NoLine(new Sku("NONE")));
        Sku plain = shop.stocked("PLAIN", 0);
        assertThat(waitlist.join(ask("b", "ada", 1, plain))).isEqualTo(new Waitlist.JoinOutcome.NoLine(plain));
        shop.reservations.release(taken.id());
        assertThat(waitlist.join(ask("c", "ada", 1))).isEqualTo(new Waitlist.JoinOutcome.NotSoldOut(sku, 1));
    }

    @Test
    void cap_countsForThoseWhoWait_atTheDoorAndAtTheirTurn() {
        rules(1);
        assertThat(waitlist.join(ask("a", "ada", 2)))
                .isEqualTo(new Waitlist.JoinOutcome.Refused(new HoldOutcome.OverCap(sku, 1, 0)));
        rules(2);
        Waitlist.Entry ada = joined("ada", 2);
        Waitlist.Entry ben = joined("ben", 1);
        rules(1);
        shop.reservations.release(taken.id());
        assertThat(waitlist.find(ada.id()).map(Waitlist.Entry::state)).contains(Waitlist.State.DROPPED);
        offered(ben);
    }

    @Test
    void whoIsDroppedAtTheirTurn_leavesTheUnitToEveryone() {
        rules(2);
        joined("ada", 2);
        rules(1);
        shop.clock.move(Duration.ofSeconds(90));
        shop.module.sweeper().sweep();
        shop.held(sku, 1);
    }

    @Test
    void keyOfAnOffer_cannotBeTakenByATap() {
        Waitlist.Entry ada = joined("ada", 1);
        assertThatThrownBy(() -> shop.reservations.hold(shop.ask("waitlist/" + ada.id(), line(sku, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: one that does not begin with waitlist/");
    }

    private void rules(Integer cap) {
        shop.module.fairness().setRules(shop.brand, sku, new FairnessRules(true, 20, cap, false));
    }

    private Waitlist.Entry joined(String buyer, int quantity) {
        Waitlist.JoinOutcome outcome = waitlist.join(ask(UUID.randomUUID().toString(), buyer, quantity));
        assertThat(outcome).isInstanceOf(Waitlist.JoinOutcome.Joined.class);
        return ((Waitlist.JoinOutcome.Joined) outcome).entry();
    }

    private Hold offered(Waitlist.Entry entry) {
        Waitlist.Entry now = waitlist.find(entry.id()).orElseThrow();
        assertThat(now.state()).isEqualTo(Waitlist.State.OFFERED);
        assertThat(now.position()).isZero();
        Hold hold = shop.reservations.findByToken(now.token()).orElseThrow();
        assertThat(hold.id()).isEqualTo(now.hold());
        assertThat(hold.state()).isEqualTo(Hold.State.HELD);
        return hold;
    }

    private HoldRequest ask(String key, String buyer, int quantity) {
        return ask(key, buyer, quantity, sku);
    }

    private HoldRequest ask(String key, String buyer, int quantity, Sku of) {
        HoldRequest any = shop.ask(key, line(of, quantity));
        return new HoldRequest(any.brand(), any.showId(), key, buyer, any.lines(), any.attribution());
    }
}
