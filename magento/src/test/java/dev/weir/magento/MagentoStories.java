package dev.weir.magento;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Connection;
import dev.weir.connectors.ContractBase;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What do the stories of one Magento shop share? A clock that only they move, quirks, and connections with other settings. */
abstract class MagentoStories extends ContractBase {
    static final Money TEE_PRICE = Money.of("19.90", "EUR");

    private final MovingClock time = new MovingClock();

    @Override
    protected String channel() {
        return "magento";
    }

    @Override
    protected Clock clock() {
        return time;
    }

    final void pass(Duration duration) {
        time.now = time.now.plus(duration);
    }

    final void flip(String quirk) {
        bench.platform().flip(quirk, true);
    }

    final void mend(String quirk) {
        bench.platform().flip(quirk, false);
    }

    /** A connection with these settings instead; a blank value is none. */
    final Connection with(String... pairs) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        for (int at = 0; at < pairs.length; at += 2) {
            settings.put(pairs[at], pairs[at + 1]);
        }
        settings.values().removeIf(String::isBlank);
        return bench.connection(settings);
    }

    final Connection customer() {
        return with(
                "cart", "customer",
                "customerEmail", "customer@example.com",
                "customerPassword", "magento_sandbox_password");
    }

    final OrderPush.Request order(String key, Sku sku, int quantity) {
        return request(key, bench.listings().get(sku), quantity);
    }

    final String push(String key, int quantity) {
        return channelUnderTest().orderPush(bench.connection()).push(order(key, TEE, quantity));
    }

    static OrderLine tees(int quantity) {
        return new OrderLine(TEE, quantity, TEE_PRICE, List.of());
    }

    static void seed(ChannelBench bench, String prefix, int many) {
        for (int at = 0; at < many; at++) {
            bench.platform().seed(List.of(ChannelBench.product(prefix + at, prefix + at, 100, 5)));
        }
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-03-29T00:59:30Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
