package dev.weir.hub.internal.watch;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who receives the hub's traces? Keys below {@code weir.tracing.}.
 *
 * @param endpoint of OTLP over HTTP, such as {@code http://collector:4318/v1/traces}; empty: none are made
 * @param sampled which part of the traces is sent, 0..1; one is sent whole or not at all
 * @param headers sent along, to prove who we are
 */
@ConfigurationProperties("weir.tracing")
record TraceSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("1") double sampled,
        @DefaultValue Map<String, String> headers) {
    /** Refuses a part that is none. */
    TraceSettings {
        if (!(sampled >= 0 && sampled <= 1)) {
            throw new IllegalArgumentException("weir.tracing.sampled: " + sampled + " (expected: 0..1)");
        }
        headers = Map.copyOf(headers);
    }

    /** Without the headers, which prove who we are. */
    @Override
    public String toString() {
        return "TraceSettings[endpoint=" + endpoint + ", sampled=" + sampled + "]";
    }
}
