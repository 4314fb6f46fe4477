package dev.weir.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** How one order's way is told across threads, and what is told of it. */
class TracesTest {
    private final List<SpanData> told = new ArrayList<>();
    private final Traces traces = Traces.to(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
            .build()
            .get("test"));

    @Test
    void workOnAnotherThread_goesOnWithTheTrace_thatARowKept() {
        String row = traces.around(Traces.Kind.ENTRY, "webhook", null, () -> String.valueOf(Traces.current()));
        CompletableFuture.runAsync(() -> traces.doing(Traces.Kind.STEP, "delivery", row, () -> {}))
                .join();

        assertThat(told).extracting(SpanData::getName).containsExactly("webhook", "delivery");
        assertThat(told.getLast().getTraceId()).isEqualTo(told.getFirst().getTraceId());
        assertThat(told.getLast().getParentSpanId()).isEqualTo(told.getFirst().getSpanId());
        assertThat(row)
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .contains(told.getFirst().getTraceId());
        assertThat(Traces.current()).isNull();
    }

    @Test
    void callOutsideOfAnySpan_isNotTold_andOneWithinIs() {
        assertThat(traces.within(Traces.Kind.CALL, "poll", () -> "done")).isEqualTo("done");
        assertThat(told).isEmpty();

        traces.doing(
                Traces.Kind.STEP,
                "push",
                null,
                () -> assertThat(traces.within(Traces.Kind.CALL, "create", () -> "done"))
                        .isEqualTo("done"));

        assertThat(told).extracting(SpanData::getName).containsExactly("create", "push");
        assertThat(told.getFirst().getKind()).isEqualTo(SpanKind.CLIENT);
    }

    @Test
    void span_carriesWhatTheThreadIsAtWorkOn_alsoWhatItLearnsMeanwhile() {
        try (AtWork _ = AtWork.on(AtWork.On.CONNECTION, "c1")) {
            traces.doing(Traces.Kind.STEP, "delivery", null, () -> AtWork.learned(AtWork.On.ORDER, "o1"));
        }

        assertThat(attribute("weir.connection")).isEqualTo("c1");
        assertThat(attribute("weir.order")).isEqualTo("o1");
    }

    @Test
    void failure_isToldByItsKind_neverInItsWords() {
        assertThatThrownBy(() -> traces.around(Traces.Kind.CALL, "create", null, () -> {
                    throw new ChannelException(Fault.REJECTED, "ana@example.com is no customer");
                }))
                .isInstanceOf(ChannelException.class);

        assertThat(told.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(told.getFirst().getStatus().getDescription()).isEqualTo("REJECTED");
        assertThat(told.getFirst().getEvents()).isEmpty();
    }

    @Test
    void textThatIsNoTrace_beginsOneOfItsOwn() {
        traces.doing(Traces.Kind.STEP, "delivery", "00-nonsense", () -> {});

        assertThat(told.getFirst().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void whereNobodyReceives_theWorkIsDone_andThereIsNothingToKeep() {
        assertThat(Traces.OFF.around(Traces.Kind.ENTRY, "webhook", null, () -> "done"))
                .isEqualTo("done");
        assertThat(Traces.OFF.within(Traces.Kind.CALL, "call", () -> "done")).isEqualTo("done");
        Traces.OFF.begin(Traces.Kind.MESSAGE, "route", null).end();
        assertThat(Traces.OFF.isOn()).isFalse();
    }

    @Test
    void nothingIsLeftOnAThread_thatGoesOnToOtherWork() {
        MDC.clear();
        try (AtWork _ = AtWork.on(AtWork.On.DELIVERY, "d1")) {
            try (AtWork _ = AtWork.on(AtWork.On.CONNECTION, "c1").and(AtWork.On.SHOW, "s1")) {
                AtWork.learned(AtWork.On.ORDER, "o1");
                assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("delivery", "connection", "show", "order");
            }
            assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("delivery");
            AtWork.learned(AtWork.On.ORDER, "o2");
            assertThat(MDC.get("order")).isEqualTo("o2");
        }
        AtWork.learned(AtWork.On.ORDER, "o3");

        assertThat(MDC.get("delivery")).isNull();
        assertThat(MDC.get("order")).isNull();
    }

    @Test
    void id_isCut_whereAPlatformSendsANovel() {
        try (AtWork _ = AtWork.on(AtWork.On.SHOP_ORDER, "x".repeat(10_000))) {
            assertThat(MDC.get("shopOrder")).hasSize(200);
        }
    }

    private String attribute(String name) {
        return told.getFirst().getAttributes().get(AttributeKey.stringKey(name));
    }

    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            told.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
