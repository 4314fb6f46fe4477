package dev.weir.hub.internal.connections;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A platform whose tokens rotate, with switches. As Shopify's: the old refresh token is good until the new pair was used once, and the
 * old access token until its end.
 */
final class FakePlatform {
    final AtomicInteger rotations = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    final AtomicInteger answersToLose = new AtomicInteger();
    final AtomicInteger outages = new AtomicInteger();
    private final Supplier<Instant> clock;
    private Pair current;
    private Pair old;
    private boolean newWasUsed = true;
    private int number = 1;
    volatile boolean refuses;
    volatile boolean refusesConsent;
    volatile boolean codeIsUsed;
    volatile Duration grantLasts = Duration.ofDays(90);
    volatile Runnable betweenRotationAndAnswer = () -> {};
    volatile CountDownLatch gate = new CountDownLatch(0);

    FakePlatform(Supplier<Instant> clock) {
        this.clock = clock;
        this.current = pair();
        this.old = current;
    }

    private record Pair(String access, String refresh, Instant ends) {}

    private Pair pair() {
        return new Pair(
                "access-token-" + number, "refresh-token-" + number, clock.get().plus(Duration.ofHours(1)));
    }

    /** What a connection holds that was let in. */
    synchronized Map<String, String> settings() {
        return Map.of(
                "accessToken", current.access(),
                "refreshToken", current.refresh(),
                "accessEndsAt", current.ends().toString(),
                "grantEndsAt", clock.get().plus(grantLasts).toString());
    }

    Map<String, String> exchange(String code) {
        if (refusesConsent || codeIsUsed || !code.equals("code-of-the-platform")) {
            throw new ChannelException(Fault.UNAUTHORISED, "code: " + code + " was refused (expected: a fresh one)");
        }
        codeIsUsed = true;
        synchronized (this) {
            number++;
            current = pair();
            old = current;
            newWasUsed = true;
            return settings();
        }
    }

    Map<String, String> refresh(String refreshToken) {
        asked.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate was never opened");
            }
            if (outages.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new ChannelException(Fault.TRANSIENT, "the platform is away");
            }
            Map<String, String> answer = rotate(refreshToken);
            betweenRotationAndAnswer.run();
            if (answersToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new ChannelException(Fault.OUTCOME_UNKNOWN, "no answer");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(Fault.OUTCOME_UNKNOWN, "interrupted", null, e);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private synchronized Map<String, String> rotate(String refreshToken) {
        Pair asking;
        if (refreshToken.equals(current.refresh())) {
            asking = current;
        } else if (refreshToken.equals(old.refresh()) && !newWasUsed) {
            asking = old;
        } else {
            asking = null;
        }
        if (refuses || asking == null) {
            throw new ChannelException(Fault.UNAUTHORISED, "refresh token " + refreshToken + " was revoked");
        }
        number++;
        rotations.incrementAndGet();
        old = asking;
        current = pair();
        newWasUsed = false;
        return settings();
    }

    /** A call; refused with {@link Fault#UNAUTHORISED} when the token is not good any more. */
    synchronized void use(String accessToken) {
        if (accessToken.equals(current.access()) && clock.get().isBefore(current.ends())) {
            newWasUsed = true;
        } else if (!accessToken.equals(old.access()) || !clock.get().isBefore(old.ends())) {
            throw new ChannelException(Fault.UNAUTHORISED, "401");
        }
    }

    /** Its database goes back to the pair before. */
    synchronized void forgetNewest() {
        current = old;
        newWasUsed = true;
    }
}
