package dev.weir.bench.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.fire.Linearizability.Operation;
import dev.weir.bench.fire.Linearizability.Result;
import dev.weir.bench.fire.Shelf.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Histories of which we know whether one counter could have given them. */
class LinearizabilityTest {
    private final List<Operation<Shelf>> history = new ArrayList<>();

    private void sure(long invoked, long completed, Function<Shelf, @Nullable Shelf> effect) {
        history.add(new Operation<>(invoked, completed, true, Linearizability.Kind.WRITE, 0, "", effect));
    }

    private void perhaps(long invoked, Function<Shelf, @Nullable Shelf> effect) {
        history.add(new Operation<>(invoked, Long.MAX_VALUE, false, Linearizability.Kind.WRITE, 0, "", effect));
    }

    private Result check(int onHand) {
        return Linearizability.check(history, new Shelf(onHand, 0, Map.of()), 10_000)
                .result();
    }

    @Test
    void oneAfterTheOther_isGood() {
        sure(1, 2, shelf -> shelf.hold("h", 2));
        sure(3, 4, shelf -> shelf.commit("h"));
        sure(5, 6, shelf -> shelf.read(3, 2));
        assertThat(check(3)).isEqualTo(Result.YES);
    }

    @Test
    void twoHoldsOfTheLastUnit_areNot() {
        sure(1, 5, shelf -> shelf.hold("h", 1));
        sure(2, 4, shelf -> shelf.hold("i", 1));
        assertThat(check(1)).isEqualTo(Result.NO);
    }

    @Test
    void overlapping_mayTakeEffectInEitherOrder() {
        sure(1, 10, shelf -> shelf.hold("h", 1));
        sure(2, 3, shelf -> shelf.hold("i", 1));
        sure(4, 5, shelf -> shelf.release("i"));
        assertThat(check(1)).isEqualTo(Result.YES);
    }

    @Test
    void soldOutWhileAUnitWasFree_isNot() {
        sure(1, 2, shelf -> shelf.hold("h", 1));
        sure(3, 4, shelf -> shelf.release("h"));
        sure(5, 6, shelf -> shelf.refused(1));
        assertThat(check(1)).isEqualTo(Result.NO);
    }

    @Test
    void staleRead_isNot() {
        sure(1, 2, shelf -> shelf.sell(1));
        sure(3, 4, shelf -> shelf.read(2, 0));
        assertThat(check(2)).isEqualTo(Result.NO);
    }

    @Test
    void whatGotNoAnswer_mayHaveHappened_orNot() {
        perhaps(1, shelf -> shelf.sell(1));
        sure(2, 3, shelf -> shelf.read(1, 0));
        sure(4, 5, shelf -> shelf.refused(1));
        assertThat(check(1)).isEqualTo(Result.YES);
        sure(6, 7, shelf -> shelf.hold("h", 1));
        assertThat(check(1)).isEqualTo(Result.NO);
    }

    @Test
    void holdIsLive_untilItsTimeMayBeOver_andNotAfterItMustBe() {
        sure(1, 2, shelf -> shelf.hold("h", 1));
        sure(10, 14, shelf -> shelf.lapse("h", Phase.HELD));
        sure(11, 12, shelf -> shelf.commit("h"));
        assertThat(check(1)).isEqualTo(Result.YES);
        history.removeLast();
        sure(15, 16, shelf -> shelf.commit("h"));
        assertThat(check(1)).isEqualTo(Result.NO);
    }

    @Test
    void payingHold_outlivesItsFirstEnd_butNotItsSecond() {
        sure(1, 2, shelf -> shelf.hold("h", 1));
        sure(3, 4, shelf -> shelf.pay("h"));
        sure(5, 6, shelf -> shelf.lapse("h", Phase.HELD));
        sure(7, 8, shelf -> shelf.commit("h"));
        assertThat(check(1)).isEqualTo(Result.YES);
        sure(9, 10, shelf -> shelf.pay("h"));
        assertThat(check(1)).isEqualTo(Result.NO);
    }

    @Test
    void secondCommit_movesNothing() {
        sure(1, 2, shelf -> shelf.hold("h", 1));
        sure(3, 4, shelf -> shelf.commit("h"));
        sure(5, 6, shelf -> shelf.committedBefore("h"));
        assertThat(check(1)).isEqualTo(Result.YES);
        sure(7, 8, shelf -> shelf.commit("h"));
        assertThat(check(1)).isEqualTo(Result.NO);
    }

    @Test
    void manyAtOnce_areDecidedWithinTheBound() {
        for (int i = 0; i < 12; i++) {
            String id = "h" + i;
            sure(i, 100 + i, shelf -> shelf.hold(id, 1));
            sure(200 + i, 300 + i, shelf -> shelf.commit(id));
        }
        sure(400, 401, shelf -> shelf.read(12, 12));
        assertThat(check(12)).isEqualTo(Result.YES);
    }

    @Test
    void beyondTheBound_isUndecided() {
        for (int i = 0; i < 24; i++) {
            String id = "h" + i;
            sure(1, 100, shelf -> shelf.hold(id, 1));
        }
        sure(200, 201, shelf -> shelf.read(24, 1));
        assertThat(check(24)).isEqualTo(Result.UNDECIDED);
    }
}
