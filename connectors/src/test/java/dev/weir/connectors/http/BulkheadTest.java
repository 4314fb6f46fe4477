package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Connection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A shop that answers nobody until it is told to. */
class BulkheadTest {
    private final ConnectionGuard guard =
            new ConnectionGuard(new Connection(UUID.randomUUID(), "brand", "channel", "A shop", Map.of()));
    private final HttpCall catalogue = HttpCall.get("products", URI.create("http://shop.example/"), Map.of())
            .in(Lane.CATALOGUE);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger underWay = new AtomicInteger();

    @Test
    void shopThatIsSlow_keepsTwelveCallsAtMost_andFourMoreForHolds() throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            callers.add(start(catalogue));
        }
        await().until(() -> underWay.get() == 12);

        for (int i = 0; i < 4; i++) {
            callers.add(start(catalogue.in(Lane.HOLD)));
        }
        await().until(() -> underWay.get() == 16);

        answers.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(underWay).hasValue(18);
    }

    private Thread start(HttpCall call) {
        return Thread.ofVirtual()
                .start(() -> guard.among(call, () -> {
                    int number = underWay.incrementAndGet();
                    try {
                        answers.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return number;
                }));
    }
}
