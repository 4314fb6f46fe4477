package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ShowEventsTest {
    private static final ShowEvents.Event EVENT = new ShowEvents.Event("stock", Map.of("sku", "A"), false);

    private final ShowEvents events = new LiveBench().live.events();
    private final UUID show = UUID.randomUUID();

    @Test
    void closedListener_hearsNothingMore() {
        List<ShowEvents.Event> heard = new CopyOnWriteArrayList<>();
        ShowEvents.Subscription place = events.subscribe(show, heard::add);
        events.publish(show, EVENT);
        events.publish(UUID.randomUUID(), EVENT);
        place.close();
        place.close();
        events.publish(show, EVENT);

        assertThat(heard).containsExactly(EVENT);
        assertThat(events.listeners(show)).isZero();
    }

    @Test
    void failingListener_isDroppedAndTheOthersStillHear() {
        List<ShowEvents.Event> heard = new CopyOnWriteArrayList<>();
        events.subscribe(show, event -> {
            throw new IllegalStateException("closed pipe");
        });
        events.subscribe(show, heard::add);

        events.publish(show, EVENT);

        assertThat(heard).contains(EVENT);
        assertThat(events.listeners(show)).isEqualTo(1);
    }

    @Test
    void listenersPastTheLimit_areRefusedWithTheNumber() {
        List<ShowEvents.Subscription> places = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            places.add(events.subscribe(show, event -> {}));
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> events.subscribe(show, event -> {}))
                .withMessageContaining("expected: at most 10000");
        places.getFirst().close();
        events.subscribe(show, event -> {});
    }

    @Test
    void viewers_areCountedForThoseWhoListen() {
        List<Object> counts = new CopyOnWriteArrayList<>();
        events.subscribe(show, event -> counts.add(event.data().get("count")));
        events.subscribe(show, event -> {});

        await().untilAsserted(() -> assertThat(counts).last().isEqualTo(2));
    }
}
