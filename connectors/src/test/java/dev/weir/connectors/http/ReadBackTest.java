package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A platform that books each order it is sent, whether or not its answer arrives. */
class ReadBackTest {
    private final List<String> orders = new ArrayList<>();
    private final MovedTime time = new MovedTime();
    private final ReadBack readBack = new ReadBack(time);
    private final AtomicInteger blindLooks = new AtomicInteger();

    @Test
    void answeredOrder_isNotLookedFor() {
        assertThat(readBack.once(book(), () -> {
                    throw new AssertionError("looked");
                }))
                .isEqualTo("1001");
    }

    @Test
    void lostAnswer_isFound_andNothingIsSentTwice() {
        blindLooks.set(2);

        assertThat(readBack.once(thenLosing(book()), look())).isEqualTo("1001");
        assertThat(orders).hasSize(1);
        assertThat(time.waited).containsOnly(Duration.ofMillis(500)).hasSize(3);
    }

    @Test
    void orderThatNobodyFinds_staysUnknown_andIsNotSentAgain() {
        blindLooks.set(9);

        assertThat(catchThrowableOfType(ChannelException.class, () -> readBack.once(thenLosing(book()), look()))
                        .fault())
                .isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(orders).hasSize(1);
    }

    @Test
    void laterTry_looksFirst() {
        book().get();

        assertThat(readBack.unlessThere(look(), book())).isEqualTo("1001");
        assertThat(orders).hasSize(1);
    }

    @Test
    void laterTry_actsWhenNothingIsThere() {
        assertThat(readBack.unlessThere(look(), book())).isEqualTo("1001");
        assertThat(orders).hasSize(1);
    }

    @Test
    void refusal_isNotLookedFor() {
        assertThatThrownBy(() -> readBack.once(
                        () -> {
                            throw new ChannelException(Fault.REJECTED, "no");
                        },
                        look()))
                .hasMessage("no");
        assertThat(time.waited).isEmpty();
    }

    @Test
    void looksThatFail_areToldBesideTheLostAnswer() {
        Supplier<Optional<String>> down = () -> {
            throw new ChannelException(Fault.TRANSIENT, "down");
        };

        ChannelException thrown =
                catchThrowableOfType(ChannelException.class, () -> readBack.once(thenLosing(book()), down));

        assertThat(thrown.fault()).isEqualTo(Fault.OUTCOME_UNKNOWN);
        assertThat(thrown.getSuppressed()).hasSize(3);
    }

    private Supplier<String> book() {
        return () -> {
            orders.add("1001");
            return "1001";
        };
    }

    private static Supplier<String> thenLosing(Supplier<String> act) {
        return () -> {
            act.get();
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, "no answer");
        };
    }

    private Supplier<Optional<String>> look() {
        return () -> blindLooks.getAndDecrement() > 0
                ? Optional.empty()
                : orders.stream().findFirst();
    }
}
