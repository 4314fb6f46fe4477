package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What do stories before the sandbox share: a bench whose clock stands until it is moved, and three products on sale? */
abstract class Stories {
    static final Sku TEE = new Sku("TEE-RED-M");
    static final Sku MUG = new Sku("MUG-01");
    static final Sku CAP = new Sku("CAP-BLUE");

    final Standing clock = new Standing();
    ChannelBench bench;
    BigCommerceSandbox shop;

    @BeforeEach
    void open() {
        bench = new ChannelBench("bigcommerce", clock);
        shop = (BigCommerceSandbox) bench.platform();
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

    Listing listing(Sku sku) {
        return Objects.requireNonNull(bench.listings().get(sku));
    }

    static ChannelException refused(Fault fault, ThrowingCallable call) {
        ChannelException thrown = catchThrowableOfType(ChannelException.class, call);
        assertThat(thrown).as("expected a ChannelException of " + fault).isNotNull();
        assertThat(thrown.fault()).as(thrown.getMessage()).isEqualTo(fault);
        return thrown;
    }

    /** A clock that stands until it is moved. */
    static final class Standing extends Clock {
        private volatile Instant now = Instant.parse("2026-11-27T20:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

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
