package dev.weir.hub.internal.watch;

import dev.weir.reservation.HoldOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What do viewers who tap get, and how long do they wait for it inside the hub? Thread-safe; costs a tap less than a microsecond. */
@Component
public final class TapTimes {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5)
    };

    /** How a tap may end. INVALID: it could not be a tap of this show; FAILED: the hub's fault. */
    private enum Outcome {
        GRANTED,
        REPEATED,
        SOLD_OUT,
        UNKNOWN_SKU,
        OVER_CAP,
        BUYER_NEEDED,
        KEY_REUSED,
        UNAVAILABLE,
        INVALID,
        FAILED
    }

    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

    /** Registers a row for every outcome, so that the first of a kind is a change as well. */
    public TapTimes(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            timers.put(
                    outcome,
                    Timer.builder("weir.taps")
                            .description("Taps, from the parsed request to the answer")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BOUNDS)
                            .register(registry));
        }
    }

    /** Counts a tap that began at {@code began}, of {@link System#nanoTime}, and ended so. */
    public void count(HoldOutcome answer, long began) {
        record(outcome(answer), began);
    }

    /** Does {@code tap} and counts what came of it; what it throws is thrown on. */
    public HoldOutcome counted(Supplier<HoldOutcome> tap) {
        long began = System.nanoTime();
        Outcome outcome = Outcome.FAILED;
        try {
            HoldOutcome answer = tap.get();
            outcome = outcome(answer);
            return answer;
        } catch (IllegalArgumentException e) {
            outcome = Outcome.INVALID;
            throw e;
        } finally {
            record(outcome, began);
        }
    }

    private void record(Outcome outcome, long began) {
        Timer timer = timers.get(outcome);
        if (timer != null) {
            timer.record(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static Outcome outcome(HoldOutcome answer) {
        return switch (answer) {
            case HoldOutcome.Granted granted -> granted.repeated() ? Outcome.REPEATED : Outcome.GRANTED;
            case HoldOutcome.SoldOut soldOut -> Outcome.SOLD_OUT;
            case HoldOutcome.UnknownSku unknown -> Outcome.UNKNOWN_SKU;
            case HoldOutcome.OverCap over -> Outcome.OVER_CAP;
            case HoldOutcome.BuyerNeeded needed -> Outcome.BUYER_NEEDED;
            case HoldOutcome.KeyReused reused -> Outcome.KEY_REUSED;
            case HoldOutcome.Unavailable unavailable -> Outcome.UNAVAILABLE;
        };
    }
}
