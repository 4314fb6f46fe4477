package dev.weir.routes;

import static dev.weir.routes.DriftBench.BOWL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.routes.Drifts.Ask;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.Run;
import dev.weir.routes.Drifts.State;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftTest {
    private final DriftBench drift = new DriftBench(Capability.ORDER_POLL, Capability.ORDER_WEBHOOK);
    private final FakeShop shop = drift.shop;

    @AfterEach
    void close() {
        drift.close();
    }

    @Test
    void numberThatWasSetAtTheShop_isFoundWithItsWorth_andHealedOnce() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);

        Run run = drift.run(Mode.HEAL);

        Entry entry = drift.only(run);
        assertThat(entry.cause()).isEqualTo(Cause.MANUAL_EDIT);
        assertThat(entry.words()).contains("Set to 15 at the shop").contains("we wrote 12");
        assertThat(entry.worth()).isEqualTo(Money.of("30.00", "EUR"));
        assertThat(entry.state()).isEqualTo(State.HEALED);
        assertThat(entry.heal()).satisfies(heal -> {
            assertThat(heal.before()).isEqualTo(15);
            assertThat(heal.after()).isEqualTo(12);
            assertThat(heal.by()).isEqualTo("mira");
        });
        assertThat(shop.levels).containsEntry(BOWL, 12);
        assertThat(shop.writes).containsExactly(BOWL + "=12", BOWL + "=12");
        assertThat(drift.heal(entry).heal()).isEqualTo(entry.heal());
        assertThat(drift.run(Mode.HEAL).found()).isZero();
        assertThat(shop.writes).hasSize(2);
    }

    @Test
    void heal_isTakenBack_andTheShopKeepsItsNumber_untilOursChanges() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        Entry healed = drift.only(drift.run(Mode.HEAL));

        Entry undone = drift.undo(healed);

        assertThat(undone.state()).isEqualTo(State.REVERTED);
        assertThat(undone.heal().undoneBy()).isEqualTo("noor");
        assertThat(shop.levels).containsEntry(BOWL, 15);
        assertThat(drift.undo(healed).heal()).isEqualTo(undone.heal());
        Run next = drift.run(Mode.HEAL);
        assertThat(drift.only(next).state()).isEqualTo(State.REVERTED);
        assertThat(shop.levels).containsEntry(BOWL, 15);
        assertThat(shop.writes).containsExactly(BOWL + "=12", BOWL + "=12", BOWL + "=15");

        drift.tell(BOWL, 11);
        assertThat(shop.levels).containsEntry(BOWL, 11);
        assertThat(drift.run(Mode.HEAL).gone()).isEqualTo(1);
    }

    @Test
    void heal_isNotTakenBackOverWhatTheShopChangedSince_norOverANewerNumberOfOurs() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        Entry healed = drift.only(drift.run(Mode.HEAL));
        shop.levels.put(BOWL, 9);

        assertThatThrownBy(() -> drift.undo(healed))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONFLICT))
                .hasMessage("number: the shop shows 9 meanwhile (expected: 12)");

        drift.tell(BOWL, 10);
        assertThatThrownBy(() -> drift.undo(healed)).hasMessage("number: ours is 10 meanwhile (expected: 12)");
    }

    @Test
    void earlierNumberOfOurs_isALateEchoForAMoment_andOurFaultLater() {
        drift.tell(BOWL, 12);
        drift.tell(BOWL, 10);
        shop.levels.put(BOWL, 12);

        Entry echo = drift.only(drift.run(Mode.HEAL));
        assertThat(echo.cause()).isEqualTo(Cause.LATE_ECHO);
        assertThat(echo.state()).isEqualTo(State.OPEN);
        assertThat(shop.levels).containsEntry(BOWL, 12);

        drift.settle();
        Entry lost = drift.only(drift.run(Mode.HEAL));
        assertThat(lost.id()).isEqualTo(echo.id());
        assertThat(lost.since()).isEqualTo(echo.since());
        assertThat(lost.times()).isEqualTo(2);
        assertThat(lost.cause()).isEqualTo(Cause.OURS);
        assertThat(lost.state()).isEqualTo(State.HEALED);
        assertThat(shop.levels).containsEntry(BOWL, 10);
    }

    @Test
    void changeThatTheShopTold_isAnEdit_evenToANumberThatWasOursOnce() {
        drift.tell(BOWL, 12);
        drift.tell(BOWL, 10);
        drift.settle();
        shop.levels.put(BOWL, 12);
        UUID delivery = drift.bench
                .deliver(drift.module(), shop, "d1", "stock ref-" + BOWL + " 12")
                .id();
        await().untilAsserted(() ->
                assertThat(drift.bench.entry(drift.module(), delivery).state()).isEqualTo(WebhookLog.State.PROCESSED));

        Entry entry = drift.only(drift.run(Mode.REPORT));

        assertThat(entry.cause()).isEqualTo(Cause.MANUAL_EDIT);
        assertThat(entry.words()).contains("The shop said at");
    }

    @Test
    void orderOfWhichNoPushTold_accountsForTheFall_isTakenIn_andNothingIsWritten() {
        Sku tee = RoutesBench.TEE;
        drift.tell(tee, 12);
        drift.settle();
        shop.orders.put("7", shop.order("7", drift.bench.clock.instant().minusSeconds(3_600)));
        shop.levels.put(tee, 11);
        drift.bench.books.whenTaken = order -> drift.bench.shelves.keep(drift.bench.brand, tee, 11, 99);

        Run run = drift.run(Mode.HEAL);

        assertThat(drift.found(run))
                .extracting(Entry::kind, Entry::cause, Entry::state)
                .containsExactlyInAnyOrder(
                        tuple(Kind.STOCK, Cause.LOST_WEBHOOK, State.HEALED),
                        tuple(Kind.ORDER, Cause.LOST_WEBHOOK, State.HEALED));
        assertThat(drift.found(run))
                .filteredOn(one -> one.kind() == Kind.STOCK)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.words()).isEqualTo("The shop sold 1 in order 7, of which nobody told us");
                    assertThat(one.heal()).isNull();
                });
        assertThat(drift.bench.books.effects(drift.id())).containsExactly("order 7");
        assertThat(shop.writes).containsExactly(tee + "=12");
        assertThat(run.orders()).isEqualTo(1);
    }

    @Test
    void report_changesNothing_andTellsTheSame() {
        Sku tee = RoutesBench.TEE;
        drift.tell(tee, 12);
        drift.tell(BOWL, 5);
        shop.orders.put("7", shop.order("7", drift.bench.clock.instant().minusSeconds(3_600)));
        shop.levels.put(tee, 11);
        shop.levels.put(BOWL, 6);

        Run run = drift.run(Mode.REPORT);

        assertThat(drift.found(run))
                .extracting(Entry::subject, Entry::cause, Entry::state)
                .containsExactlyInAnyOrder(
                        tuple("TEE", Cause.LOST_WEBHOOK, State.OPEN),
                        tuple("7", Cause.LOST_WEBHOOK, State.OPEN),
                        tuple(BOWL.value(), Cause.MANUAL_EDIT, State.OPEN));
        assertThat(drift.bench.books.effects(drift.id())).isEmpty();
        assertThat(shop.levels).containsEntry(tee, 11).containsEntry(BOWL, 6);
    }

    @Test
    void backFill_takesInAndCountsAsTold_withoutAnEventOrAWrite() {
        Sku tee = RoutesBench.TEE;
        drift.tell(tee, 12);
        drift.tell(BOWL, 5);
        await().until(() -> drift.unsent() == 0);
        drift.bench
                .jdbc
                .sql("delete from published_level where connection_id = :id")
                .param("id", drift.id())
                .update();
        shop.levels.put(BOWL, 6);
        shop.orders.put("7", shop.order("7", drift.bench.clock.instant().minusSeconds(3_600)));
        drift.bench.books.whenTaken = order -> drift.bench.shelves.tell(drift.bench.brand, tee, 12, 99);
        int shown = drift.bench.shown.size();

        Run run = drift.run(Mode.BACKFILL);

        assertThat(drift.bench.books.effects(drift.id())).containsExactly("order 7");
        assertThat(drift.unsent()).isZero();
        assertThat(drift.bench
                        .jdbc
                        .sql("select count(*) from outbox where brand = :brand and payload ->> 'version' = '99'")
                        .param("brand", drift.bench.brand)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(drift.bench.shown).hasSize(shown);
        assertThat(shop.writes).containsExactly(tee + "=12", BOWL + "=5");
        assertThat(drift.bench
                        .jdbc
                        .sql(
                                "select sku || '=' || available from published_level where connection_id = :id order by sku")
                        .param("id", drift.id())
                        .query(String.class)
                        .list())
                .containsExactly(BOWL + "=5", "TEE=12");
        Entry left = drift.found(run).stream()
                .filter(one -> one.kind() == Kind.STOCK)
                .findFirst()
                .orElseThrow();
        assertThat(left.state()).isEqualTo(State.ASKS);
        assertThat(drift.heal(left).state()).isEqualTo(State.HEALED);
        assertThat(shop.levels).containsEntry(BOWL, 5);
    }

    @Test
    void moreThanTheLimit_asks_andIsHealedByForce_orOneByOne() {
        List<Sku> skus =
                IntStream.range(0, 12).mapToObj(n -> new Sku("DRIFT-" + n)).toList();
        skus.forEach(sku -> drift.tell(sku, 20));
        skus.forEach(sku -> shop.levels.put(sku, 50));

        Run held = drift.run(Mode.HEAL);

        assertThat(held.heldBack()).isEqualTo("12 of 12 differ, more than the 5 percent that a run heals by itself");
        assertThat(drift.found(held)).hasSize(12).allMatch(entry -> entry.state() == State.ASKS);
        assertThat(shop.levels.values()).containsOnly(50);
        Entry first = drift.found(held).getFirst();
        assertThat(drift.heal(first).state()).isEqualTo(State.HEALED);
        assertThat(shop.levels).containsEntry(new Sku(first.subject()), 20);
        assertThat(drift.run(Mode.HEAL).heldBack()).isNotNull();

        Run forced = drift.run(new Ask(Mode.HEAL, true, false, "mira"));

        assertThat(drift.found(forced)).hasSize(11).allMatch(entry -> entry.state() == State.HEALED);
        assertThat(shop.levels.values()).containsOnly(20);
    }

    @Test
    void healWhoseAnswerWasLost_isKnownAgain_andWrittenOnce() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        shop.lostStockAnswers.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));

        Entry entry = drift.only(drift.run(Mode.HEAL));

        assertThat(entry.state()).isEqualTo(State.HEALED);
        assertThat(entry.heal().before()).isEqualTo(15);
        assertThat(shop.writes).containsExactly(BOWL + "=12", BOWL + "=12");
        assertThat(drift.undo(entry).state()).isEqualTo(State.REVERTED);
        assertThat(shop.levels).containsEntry(BOWL, 15);
    }

    @Test
    void numberThatChangesBetweenFindingAndHealing_isNotWrittenOver() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        shop.onRead = () -> shop.levels.put(BOWL, 14);

        Entry entry = drift.only(drift.run(Mode.HEAL));

        assertThat(entry.state()).isEqualTo(State.OPEN);
        assertThat(entry.seen()).isEqualTo("15");
        assertThat(shop.levels).containsEntry(BOWL, 14);
        assertThatThrownBy(() -> drift.heal(entry))
                .hasMessageContaining("the shop shows another meanwhile (expected: 15)");
        assertThat(drift.only(drift.run(Mode.HEAL)).state()).isEqualTo(State.HEALED);
        assertThat(shop.levels).containsEntry(BOWL, 12);
    }

    @Test
    void numberThatTheShopWillNotTake_asksWithItsReason() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        shop.refusesLevels.add(BOWL);

        Entry entry = drift.only(drift.run(Mode.HEAL));

        assertThat(entry.state()).isEqualTo(State.ASKS);
        assertThat(entry.words()).contains("The heal was refused: REJECTED: not tracked");
        assertThat(entry.heal()).isNull();
    }

    @Test
    void shopThatDoesNotAnswer_isTriedAgain_andTheRunGoesOn() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        shop.dead = true;
        UUID run = drift.module()
                .drifts()
                .ask(drift.bench.brand, drift.id(), new Ask(Mode.HEAL, false, false, "mira"))
                .id();
        await().untilAsserted(() -> assertThat(drift.module()
                        .drifts()
                        .run(drift.bench.brand, run)
                        .orElseThrow()
                        .trouble())
                .isEqualTo("TRANSIENT: dead"));
        assertThatThrownBy(() -> drift.run(Mode.REPORT)).isInstanceOf(IllegalStateException.class);

        shop.dead = false;

        assertThat(drift.run(Mode.HEAL).id()).isEqualTo(run);
        assertThat(shop.levels).containsEntry(BOWL, 12);
    }

    @Test
    void anotherBrand_seesAndHealsNothing() {
        drift.tell(BOWL, 12);
        shop.levels.put(BOWL, 15);
        Run run = drift.run(Mode.REPORT);
        Drifts drifts = drift.module().drifts();
        UUID id = drift.only(run).id();

        assertThat(drifts.list("other", null, null, null, null, 50).items()).isEmpty();
        assertThat(drifts.alive("other")).isEmpty();
        assertThat(drifts.run("other", run.id())).isEmpty();
        assertThat(drifts.runs("other", 10)).isEmpty();
        assertThat(drifts.heal("other", id, "x")).isEmpty();
        assertThat(drifts.undo("other", id, "x")).isEmpty();
        assertThatThrownBy(() -> drifts.ask("other", drift.id(), new Ask(Mode.HEAL, false, false, "x")))
                .hasMessageContaining("expected: a shop of yours");
        assertThat(drifts.alive(drift.bench.brand)).singleElement().satisfies(sum -> {
            assertThat(sum.count()).isEqualTo(1);
            assertThat(sum.worth()).isEqualTo(Money.of("30.00", "EUR"));
        });
    }
}
