package dev.weir.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.connectors.Order.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderPagesTest {
    private final OrdersBench bench = new OrdersBench();

    @BeforeEach
    void fiveOrdersOfOneInstant() {
        for (int i = 0; i < 5; i++) {
            State state = i == 0 ? State.PENDING : State.PAID;
            bench.book.take(bench.brand, bench.shop, bench.order("o" + i, state, 1));
        }
    }

    @Test
    void pages_coverEachOrderOnce() {
        List<UUID> seen = new ArrayList<>();
        String cursor = null;
        do {
            OrderBook.Page page = bench.book.list(bench.brand, null, null, null, cursor, 2);
            page.items().forEach(order -> seen.add(order.id()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void filters_narrow() {
        assertThat(bench.book
                        .list(bench.brand, null, "tiktok-shop", "PENDING", null, 10)
                        .items())
                .hasSize(1);
        assertThat(bench.book.list(bench.brand, null, "shopify", null, null, 10).items())
                .isEmpty();
        assertThat(bench.book
                        .list(bench.brand, UUID.randomUUID(), null, null, null, 10)
                        .items())
                .isEmpty();
        assertThat(bench.book.list("other", null, null, null, null, 10).items()).isEmpty();
    }

    @Test
    void badCursorStateOrLimit_isRefusedByName() {
        for (String text :
                List.of("2026-11-24T12:00:00Z|x", "junk", "+999999999-12-31T00:00:00Z|" + UUID.randomUUID())) {
            String cursor = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bench.book.list(bench.brand, null, null, null, cursor, 10))
                    .withMessageContaining("cursor: ");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.book.list(bench.brand, null, null, null, "%%%", 10))
                .withMessageContaining("cursor: %%%");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.book.list(bench.brand, null, null, "LOST", null, 10))
                .withMessageContaining("state: LOST");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.book.list(bench.brand, null, null, null, null, 0))
                .withMessageContaining("limit: 0");
    }
}
