package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.mapping.Mappings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What do stories before the sandbox share: a bench whose clock can be moved, and three products on sale? */
abstract class ShopifyStories {
    static final Sku TEE = new Sku("TEE-RED-M");
    static final Sku MUG = new Sku("MUG-01");

    final Moved clock = new Moved();
    ChannelBench bench;

    @BeforeEach
    void open() {
        bench = new ChannelBench("shopify", clock);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The connection with some settings otherwise. */
    Connection with(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.putAll(changed);
        return bench.connection(settings);
    }

    /** A second hub before the same shop: it remembers nothing of what the first one did. */
    Channel otherHub() {
        return new ShopifyProvider().create(new ChannelKit(new ChannelHttp(500), new Mappings(null), clock));
    }

    Listing listing(Sku sku) {
        return java.util.Objects.requireNonNull(bench.listings().get(sku));
    }

    static OrderLine tee(int quantity) {
        return new OrderLine(TEE, quantity, Money.of("19.90", "EUR"), List.of());
    }

    static ChannelException refused(Fault fault, ThrowingCallable call) {
        ChannelException thrown = catchThrowableOfType(ChannelException.class, call);
        assertThat(thrown).as("expected a ChannelException of " + fault).isNotNull();
        assertThat(thrown.fault()).as(thrown.getMessage()).isEqualTo(fault);
        return thrown;
    }

    /** The system's time, and what a story adds to it. */
    static final class Moved extends Clock {
        private volatile Duration by = Duration.ZERO;

        void forward(Duration more) {
            by = by.plus(more);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(by);
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
