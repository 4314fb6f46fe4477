package dev.weir.connectors;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Where was an order on its way, and how long at each place? Spans in OpenTelemetry's form, of one trace from the webhook over rows and Kafka
 * to the call at a shop: whoever writes a row or a message keeps {@link #current} in it, and whoever takes it up goes on {@link #around} that. A
 * span carries what {@link AtWork} says, and of a failure its kind alone, since a message may hold what is personal. Where nobody receives
 * spans ({@link #OFF}) nothing is made, and each method does the work and no more. Thread-safe.
 */
public final class Traces {
    /** For nobody. */
    public static final Traces OFF = new Traces(null);

    /** Of a message or a delivery, as W3C has it: {@code 00-TRACE-SPAN-FLAGS}. */
    public static final String HEADER = "traceparent";

    private static final TextMapGetter<String> ONLY_HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(HEADER) ? carrier : null;
        }
    };

    /** A tap asks for {@link #current} too: where nobody receives spans that is one look at this. */
    private static volatile boolean used;

    private final @Nullable Tracer tracer;

    private Traces(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** Spans made by {@code tracer}. */
    public static Traces to(Tracer tracer) {
        used = true;
        return new Traces(tracer);
    }

    /** What is a span of? */
    public enum Kind {
        /** A request from outside. */
        ENTRY(SpanKind.SERVER),
        /** Work of the hub's own. */
        STEP(SpanKind.INTERNAL),
        /** A message taken from Kafka. */
        MESSAGE(SpanKind.CONSUMER),
        /** A call to a platform. */
        CALL(SpanKind.CLIENT);

        private final SpanKind kind;

        Kind(SpanKind kind) {
            this.kind = kind;
        }
    }

    /** Whether spans are made. */
    public boolean isOn() {
        return tracer != null;
    }

    /** Where this thread is, for a row or a message: what {@link #around} takes; null where there is no span. */
    public static @Nullable String current() {
        if (!used) {
            return null;
        }
        SpanContext now = Span.current().getSpanContext();
        return now.isValid()
                ? "00-" + now.getTraceId() + "-" + now.getSpanId() + "-"
                        + now.getTraceFlags().asHex()
                : null;
    }

    /** Work beneath {@code parent}, wherever and whenever that was; a trace of its own when it is null or no such text. */
    public <T> T around(Kind kind, String name, @Nullable String parent, Supplier<T> work) {
        return tracer == null ? work.get() : begin(kind, name, parent).did(work);
    }

    /** As {@link #around}, without a result. */
    public void doing(Kind kind, String name, @Nullable String parent, Runnable work) {
        around(kind, name, parent, () -> {
            work.run();
            return kind;
        });
    }

    /** Work beneath the span that this thread is in; outside of one it is only done. */
    public <T> T within(Kind kind, String name, Supplier<T> work) {
        String parent = tracer == null ? null : current();
        return parent == null ? work.get() : begin(kind, name, parent).did(work);
    }

    /** As {@link #around}, for work whose beginning and end are told apart: by one thread, and {@link Leg#end} always. */
    public Leg begin(Kind kind, String name, @Nullable String parent) {
        if (tracer == null) {
            return Leg.NONE;
        }
        SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind.kind);
        for (AtWork.On what : AtWork.On.values()) {
            String id = MDC.get(what.key());
            if (id != null) {
                span.setAttribute(what.attribute(), id);
            }
        }
        Context root = Context.root();
        return new Leg(span.setParent(
                        parent == null
                                ? root
                                : W3CTraceContextPropagator.getInstance().extract(root, parent, ONLY_HEADER))
                .startSpan());
    }

    /** Something more about the span that this thread is in; no personal data. */
    public static void note(String name, String value) {
        if (used) {
            Span.current().setAttribute(name, value);
        }
    }

    /** What the span of this thread is about failed so. */
    public static void failed(Throwable failure) {
        if (used) {
            failed(Span.current(), failure);
        }
    }

    private static void failed(Span span, Throwable failure) {
        span.setStatus(
                StatusCode.ERROR,
                failure instanceof ChannelException known
                        ? known.fault().name()
                        : failure.getClass().getSimpleName());
    }

    /** One span that is under way. */
    public static final class Leg {
        private static final Leg NONE = new Leg(null);

        private final @Nullable Span span;
        private final @Nullable Scope scope;

        @SuppressWarnings("MustBeClosed") // By end().
        private Leg(@Nullable Span span) {
            this.span = span;
            this.scope = span == null ? null : span.makeCurrent();
        }

        private <T> T did(Supplier<T> work) {
            try {
                return work.get();
            } catch (RuntimeException | Error e) {
                fail(e);
                throw e;
            } finally {
                end();
            }
        }

        /** It failed so; it is still to be ended. */
        public void fail(Throwable failure) {
            if (span != null) {
                failed(span, failure);
            }
        }

        /** It is over. */
        public void end() {
            if (scope != null && span != null) {
                scope.close();
                span.end();
            }
        }
    }
}
