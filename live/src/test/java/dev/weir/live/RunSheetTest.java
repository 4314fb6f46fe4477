package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class RunSheetTest {
    private static final Sku A = new Sku("A-1");
    private static final Sku B = new Sku("B-2");

    private final LiveBench bench = new LiveBench();
    private final RunSheet sheet = bench.live.runSheet();

    @Test
    void products_keepTheirOrder() {
        Show show = bench.show(B, A);

        assertThat(sheet.items(show.id())).extracting(RunSheet.Item::sku).containsExactly(B, A);
        assertThat(sheet.item(show.id(), A)).map(RunSheet.Item::price).contains(Money.of("10.00", "EUR"));
        assertThat(sheet.item(show.id(), new Sku("none"))).isEmpty();
    }

    @Test
    void glance_readsPricesAndPinOfOneMoment() {
        Show show = bench.show(A, B);
        bench.live.shows().start(show.id());
        sheet.pin(show.id(), B);
        sheet.flashPrice(show.id(), A, Money.of("8.00", "EUR"), null);

        String id = show.id().toString();
        RunSheet.Glance glance = sheet.glance(id, Set.of(A, new Sku("none"))).orElseThrow();

        assertThat(glance.show()).isEqualTo(bench.live.shows().find(id).orElseThrow());
        assertThat(glance.prices()).isEqualTo(Map.of(A, Money.of("8.00", "EUR")));
        assertThat(glance.pinned()).isEqualTo(B);
        assertThat(sheet.glance(show.slug(), Set.of(A, B)).orElseThrow().prices())
                .isEqualTo(Map.of(
                        A,
                        Money.of("8.00", "EUR"),
                        B,
                        sheet.item(show.id(), B).orElseThrow().price()));
        sheet.unpin(show.id());
        assertThat(sheet.glance(id, Set.of(new Sku("none"))).orElseThrow())
                .isEqualTo(new RunSheet.Glance(glance.show(), Map.of(), null));
        assertThat(sheet.glance("no-such-show", Set.of(A))).isEmpty();
        assertThat(sheet.glance(UUID.randomUUID().toString(), Set.of(A))).isEmpty();
    }

    @Test
    void badRunSheet_isRefusedAndChangesNothing() {
        Show show = bench.show(A);
        List<Sku> tooMany =
                IntStream.range(0, 201).mapToObj(i -> new Sku("S" + i)).toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sheet.set(show.id(), List.of(A, new Sku("ghost"))))
                .withMessageContaining("sku: ghost");
        assertThatIllegalArgumentException().isThrownBy(() -> sheet.set(show.id(), List.of(A, A)));
        assertThatIllegalArgumentException().isThrownBy(() -> sheet.set(show.id(), tooMany));
        assertThatIllegalArgumentException().isThrownBy(() -> sheet.set(UUID.randomUUID(), List.of()));
        assertThat(sheet.items(show.id())).hasSize(1);
    }

    @Test
    void pin_endsTheEarlierOneAndRepeatsChangeNothing() {
        Show show = bench.show(A, B);
        bench.live.shows().start(show.id());
        Instant first = bench.clock.turn(Duration.ofSeconds(30));
        RunSheet.Pin pinA = sheet.pin(show.id(), A);
        assertThat(sheet.pin(show.id(), A)).isEqualTo(pinA);
        Instant second = bench.clock.turn(Duration.ofSeconds(30));
        RunSheet.Pin pinB = sheet.pin(show.id(), B);

        assertThat(pinA.mediaTimeMillis()).isEqualTo(30_000);
        assertThat(sheet.pinned(show.id())).contains(pinB);
        assertThat(sheet.pinnedAt(show.id(), first.minusMillis(1))).isEmpty();
        assertThat(sheet.pinnedAt(show.id(), first)).map(RunSheet.Pin::sku).contains(A);
        assertThat(sheet.pinnedAt(show.id(), second)).map(RunSheet.Pin::sku).contains(B);
        assertThat(bench.told).containsExactly("ShowStarted", "PinStartedA-1", "PinEndedA-1", "PinStartedB-2");
        assertThat(bench.heardNames()).containsExactly("state", "pin", "pin");
    }

    @Test
    void pin_knowsItsPlaceOnThePicture() {
        Show show = bench.show(A, B);
        bench.position = new MediaClock.Position(1, 12_040);
        sheet.pin(show.id(), A);
        bench.position = new MediaClock.Position(1, 20_000);
        sheet.pin(show.id(), B);
        bench.position = new MediaClock.Position(2, 500);
        sheet.unpin(show.id());
        bench.position = null;
        sheet.pin(show.id(), A);

        assertThat(sheet.pins(show.id()))
                .extracting(RunSheet.Pin::from, RunSheet.Pin::to)
                .containsExactly(
                        tuple(new MediaClock.Position(1, 12_040), new MediaClock.Position(1, 20_000)),
                        tuple(new MediaClock.Position(1, 20_000), null),
                        tuple(null, null));
    }

    @Test
    void nextPin_beginsWhereTheOneBeforeEnds_thoughThePictureMovesOn() {
        Show show = bench.show(A, B);
        bench.position = new MediaClock.Position(1, 12_040);
        bench.movesOn = 4;
        sheet.pin(show.id(), A);
        sheet.pin(show.id(), B);

        assertThat(sheet.pins(show.id()).getFirst().to())
                .isNotNull()
                .isEqualTo(sheet.pins(show.id()).getLast().from());
    }

    @Test
    void unpin_isRepeatableAndToldOnce() {
        Show show = bench.show(A);
        sheet.pin(show.id(), A);

        sheet.unpin(show.id());
        sheet.unpin(show.id());

        assertThat(sheet.pinned(show.id())).isEmpty();
        assertThat(bench.heardNames()).containsExactly("pin", "unpin");
    }

    @Test
    void pinsAtOnce_leaveOneOpen() throws Exception {
        Show show = bench.show(A, B);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<RunSheet.Pin> pinA = () -> sheet.pin(show.id(), A);
            Callable<RunSheet.Pin> pinB = () -> sheet.pin(show.id(), B);
            for (var pin : threads.invokeAll(Collections.nCopies(4, pinA))) {
                pin.get();
            }
            for (var pin : threads.invokeAll(List.of(pinA, pinB, pinA, pinB, pinA, pinB))) {
                pin.get();
            }
        }
        assertThat(sheet.pinned(show.id())).isPresent();
    }

    @Test
    void secondOpenPin_isRefusedByTheDatabase() {
        Show show = bench.show(A, B);
        sheet.pin(show.id(), A);

        assertThatThrownBy(() -> bench.jdbc
                        .sql("insert into pin values (gen_random_uuid(), :show, 'B-2', now(), null, 0)")
                        .param("show", show.id())
                        .update())
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void pin_needsTheSheetAndAShowThatGoesOn() {
        Show show = bench.show(A);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sheet.pin(show.id(), B))
                .withMessageContaining("sku: B-2");
        bench.live.shows().start(show.id());
        sheet.pin(show.id(), A);
        bench.live.shows().end(show.id());
        assertThat(sheet.pinned(show.id())).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> sheet.pin(show.id(), A));
    }

    @Test
    void productTakenOffTheSheet_losesItsPin() {
        Show show = bench.show(A, B);
        sheet.pin(show.id(), A);

        sheet.set(show.id(), List.of(B));

        assertThat(sheet.pinned(show.id())).isEmpty();
        assertThat(bench.told).containsExactly("PinStartedA-1", "PinEndedA-1");
    }

    @Test
    void flashPrice_runsUntilItsTimeAndShowsTheListPrice() {
        Show show = bench.show(A);
        Instant until = bench.clock.instant().plusSeconds(60);

        RunSheet.Item item = sheet.flashPrice(show.id(), A, Money.of("7.50", "EUR"), until);

        assertThat(item.price()).isEqualTo(Money.of("7.50", "EUR"));
        assertThat(item.listPrice()).isEqualTo(Money.of("10.00", "EUR"));
        assertThat(bench.heard.getFirst().data().get("price")).isEqualTo(LiveBench.eur("7.50"));
        bench.clock.turn(Duration.ofSeconds(60));
        assertThat(sheet.item(show.id(), A)).hasValueSatisfying(later -> {
            assertThat(later.price()).isEqualTo(Money.of("10.00", "EUR"));
            assertThat(later.listPrice()).isNull();
        });
    }

    @Test
    void flashPriceOfTheListPrice_endsTheFlash() {
        Show show = bench.show(A);
        sheet.flashPrice(show.id(), A, Money.of("7.50", "EUR"), null);
        sheet.flashPrice(show.id(), A, Money.of("6.50", "EUR"), null);

        assertThat(sheet.flashPrice(show.id(), A, Money.of("10.00", "EUR"), null)
                        .listPrice())
                .isNull();
    }

    @Test
    void badFlashPrice_isRefusedByValue() {
        Show show = bench.show(A);
        for (Money price : List.of(Money.of("0.00", "EUR"), Money.of("10.01", "EUR"), Money.of("7.50", "USD"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sheet.flashPrice(show.id(), A, price, null))
                    .withMessageContaining("price: " + price);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sheet.flashPrice(show.id(), A, Money.of("5.00", "EUR"), bench.clock.instant()))
                .withMessageContaining("until: ");
    }
}
