package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two hubs push the catalogue of one shop as fast as they may, against a platform that forgives nothing. */
class BusyHubsTest {
    private static final Classifier STRICT =
            answer -> answer.text().contains("Throttled") ? new ChannelException(Fault.THROTTLED, "Throttled") : null;

    private final TestRedis redis = new TestRedis();
    private final StrictPlatform platform = new StrictPlatform(400, 200);
    private final BudgetTerms terms = new PointBucket(400, 200);
    private final Connection shop = new Connection(UUID.randomUUID(), "brand", "channel", "A shop", Map.of());
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Thread> pushes = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        isOver.set(true);
        for (Thread push : pushes) {
            push.join();
        }
        platform.close();
        redis.close();
    }

    @Test
    void twoHubs_spendAllThatThereIs_andAreNeverThrottled_whileHoldsWaitForNobody() throws InterruptedException {
        try (RateBudget first = RateBudget.shared(redis.address());
                RateBudget second = RateBudget.shared(redis.address())) {
            push(hub(first));
            push(hub(second));
            // What a full bucket holds beside its refill goes out first.
            await().atMost(Duration.ofSeconds(60)).until(() -> platform.level() < 150);
            double before = platform.charged();
            long began = System.nanoTime();
            ChannelHttp holds = hub(second);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(150))
                    .until(() -> {
                        holds.exchange(shop, platform.call(Lane.HOLD, 2), STRICT, terms);
                        return holds.calls(shop.id()).size() == 40;
                    });
            double used = (platform.charged() - before) / platform.refill(Duration.ofNanos(System.nanoTime() - began));

            assertThat(platform.throttled()).isZero();
            assertThat(used).isBetween(0.9, 1.1);
            // Each of the twelve pushes waits 1.5 s for its points.
            assertThat(holds.calls(shop.id()))
                    .allSatisfy(call -> assertThat(call.waited()).isLessThan(Duration.ofMillis(500)));
            isOver.set(true);
            for (Thread push : pushes) {
                push.join();
            }
        }
    }

    private static ChannelHttp hub(RateBudget budget) {
        return new ChannelHttp(budget, 40, Waits.REAL, Clock.systemUTC());
    }

    private void push(ChannelHttp hub) {
        for (int i = 0; i < 6; i++) {
            pushes.add(Thread.ofVirtual().start(() -> {
                while (!isOver.get()) {
                    hub.exchange(shop, platform.call(Lane.CATALOGUE, 25), STRICT, terms);
                }
            }));
        }
    }
}
