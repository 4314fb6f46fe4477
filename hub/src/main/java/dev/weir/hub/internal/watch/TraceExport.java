package dev.weir.hub.internal.watch;

import dev.weir.connectors.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How do spans leave the hub? Gathered for 5 s on a thread of their own and sent by OTLP. 2,048 wait at most: what comes while the receiver
 * is away or slow is dropped, since nobody's order waits for a span.
 */
final class TraceExport implements AutoCloseable {
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 2_048;

    private final @Nullable SdkTracerProvider provider;

    TraceExport(TraceSettings settings) {
        provider = settings.endpoint().isBlank() ? null : provider(settings);
    }

    private static SdkTracerProvider provider(TraceSettings settings) {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint()).setTimeout(LONGEST_SENDING);
        settings.headers().forEach(exporter::addHeader);
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.builder()
                                .put(AttributeKey.stringKey("service.name"), "weir")
                                .build()))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampled())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setMaxQueueSize(MOST_WAITING)
                        .setExporterTimeout(LONGEST_SENDING)
                        .build())
                .build();
    }

    Traces traces() {
        return provider == null ? Traces.OFF : Traces.to(provider.get("dev.weir"));
    }

    /** Sends what waits, for 5 s at most. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(LONGEST_SENDING.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
