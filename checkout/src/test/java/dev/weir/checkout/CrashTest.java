package dev.weir.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.checkout.FakeGateway.Payment;
import dev.weir.checkout.FakeGateway.Trouble;
import dev.weir.checkout.PaymentResult.Status;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dies before and after every commit and every call of the gateway in turn, and must come out consistent each time. */
class CrashTest {
    private static final int MOST_PLACES = 60;

    private TestClock clock;
    private FakeGateway gateway;
    private CheckoutBench bench;

    enum Story {
        /** The buyer pays in time. */
        PAID,
        /** The money comes when the hold is over. */
        LATE,
        /** Nobody pays. */
        UNPAID,
        /** The gateway will not capture. */
        CAPTURE_REFUSED,
        /** The answer to the capture is lost. */
        CAPTURE_UNKNOWN
    }

    @ParameterizedTest
    @EnumSource
    void killedAnywhere_recoversToOneOrderOrNone(Story story) {
        int place = 1;
        boolean died = true;
        while (died) {
            assertThat(place).isLessThan(MOST_PLACES);
            died = killedAt(place++, story);
        }
        assertThat(place).as("places to die at").isGreaterThan(6);
    }

    private boolean killedAt(int place, Story story) {
        clock = new TestClock();
        bench = new CheckoutBench(clock, deaths -> gateway = new FakeGateway(deaths));
        String token = bench.hold();
        bench.deaths.killAt(place);
        try {
            play(story, token);
        } catch (Deaths.Killed e) {
            assertThat(bench.deaths.happened()).isTrue();
        }
        boolean died = bench.deaths.happened();
        bench.deaths.never();
        for (int round = 0; round < 12; round++) {
            clock.move(Duration.ofSeconds(20));
            bench.checkouts.recover();
        }
        assertConsistent(story + " killed at " + place);
        return died;
    }

    private void play(Story story, String token) {
        String reference = bench.opened(token).paymentReference();
        switch (story) {
            case PAID -> {}
            case LATE, UNPAID -> clock.move(Duration.ofSeconds(91));
            case CAPTURE_REFUSED -> gateway.next("capture", Trouble.REFUSED);
            case CAPTURE_UNKNOWN -> gateway.next("capture", Trouble.ANSWER_LOST);
        }
        if (story == Story.UNPAID) {
            bench.checkouts.recover();
        } else {
            bench.checkouts.take("fake", gateway.become(reference, Status.AUTHORISED));
            clock.move(Duration.ofSeconds(20));
            bench.checkouts.recover();
        }
    }

    private void assertConsistent(String what) {
        assertThat(bench.unfinished()).as(what).isZero();
        boolean captured = gateway.payments.values().stream().anyMatch(payment -> payment.status == Status.CAPTURED);
        long orders = bench.orders.states().stream().filter("PAID"::equals).count();
        assertThat(orders).as(what + ": orders").isEqualTo(captured ? 1 : 0);
        assertThat(bench.orders.events()).as(what + ": events").hasSize(captured ? 1 : 0);
        assertThat(gateway.payments).as(what).hasSizeLessThanOrEqualTo(1);
        for (Payment payment : gateway.payments.values()) {
            assertThat(payment.status).as(what).isIn(Status.CAPTURED, Status.CANCELLED);
            assertThat(bench.states().contains("PAID")).as(what).isEqualTo(payment.status == Status.CAPTURED);
            assertThat(payment.refunded).as(what).isFalse();
        }
    }
}
