package dev.weir.hub.internal.watch;

import dev.weir.connectors.Connection;
import dev.weir.connectors.http.CallRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * What becomes of calls to platforms, and how long do they take? At most 36 rows a connection, which stay until the hub's end.
 * Thread-safe.
 */
final class CallTimes implements BiConsumer<Connection, CallRecord> {
    private final MeterRegistry registry;

    CallTimes(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(Connection connection, CallRecord call) {
        Timer.builder("weir.channel.calls")
                .description("Calls to platforms with all their tries, from sending to the last byte")
                .tag("connection", connection.id().toString())
                .tag("channel", connection.channel())
                .tag("lane", call.lane().name().toLowerCase(Locale.ROOT))
                .tag(
                        "outcome",
                        call.fault() == null ? "ok" : call.fault().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(call.took());
    }
}
