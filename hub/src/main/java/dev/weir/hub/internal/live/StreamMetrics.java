package dev.weir.hub.internal.live;

import dev.weir.simulcast.LivePhase;
import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What does the media engine tell Prometheus? One row a live or target, gone when the live is. Not thread-safe. */
final class StreamMetrics {
    private final StreamNumbers numbers;
    private final ShowStreams streams;
    private final MeterRegistry registry;
    private final Map<String, Gauges> gauges = new java.util.LinkedHashMap<>();

    StreamMetrics(StreamNumbers numbers, ShowStreams streams, MeterRegistry registry) {
        this.numbers = numbers;
        this.streams = streams;
        this.registry = registry;
    }

    /** Takes the values of now; what is not there any more disappears. */
    void refresh() {
        gauges.values().forEach(gauge -> gauge.rows.clear());
        for (Map.Entry<UUID, LiveStream> live : streams.lives().entrySet()) {
            Tags show = Tags.of("show", live.getKey().toString());
            host(show, numbers.host(live.getKey()));
            viewers(show, numbers.viewers(live.getKey()));
            live.getValue().targets().list().forEach(target -> target(show, target));
        }
        totals();
        gauges.values().forEach(gauge -> gauge.meter.register(gauge.rows, true));
    }

    /** There also while nobody is live, so that an alert has something to compare. */
    private void totals() {
        Map<TargetState, Integer> targets = new EnumMap<>(TargetState.class);
        int live = 0;
        for (LiveStream stream : streams.lives().values()) {
            live += isLive(stream.stats().phase()) ? 1 : 0;
            stream.targets().list().forEach(target -> targets.merge(target.state(), 1, Integer::sum));
        }
        put("weir.streams.live", "Lives on air, a gap of their host's included", Tags.empty(), live);
        for (TargetState state : TargetState.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            put("weir.targets", "Targets of all lives", Tags.of("state", name), targets.getOrDefault(state, 0));
        }
    }

    private static boolean isLive(LivePhase phase) {
        return switch (phase) {
            case ON_AIR, GAP -> true;
            case WAITING, ENDED -> false;
        };
    }

    private void host(Tags show, StreamNumbers.Host host) {
        put("weir.ingest.connected", "1 while a host publishes", show, host.connected() ? 1 : 0);
        put("weir.ingest.fps", "Pictures a second", show, host.fps());
        put("weir.ingest.bitrate", "Picture and sound, bit/s", show, host.bitrateKbps() * 1000.0);
        put("weir.ingest.gop.seconds", "Distance of key frames", show, host.gopSeconds());
        put("weir.ingest.bframes", "1 when the encoder sends B-frames", show, host.bFrames() ? 1 : 0);
        put("weir.ingest.av.skew.ms", "Sound ahead of picture", show, host.avSkewMillis());
        put("weir.ingest.reconnects", "Times that the host came back", show, host.reconnects());
    }

    private void viewers(Tags show, ViewerNumbers viewers) {
        put(
                "weir.whep.sessions",
                "Viewers over WebRTC",
                show.and("transport", "udp"),
                viewers.whep() - viewers.whepTcp());
        put("weir.whep.sessions", "Viewers over WebRTC", show.and("transport", "tcp"), viewers.whepTcp());
        put("weir.whep.nack.rate", "Packets asked for again, a second", show, viewers.nacksPerSecond());
        put("weir.whep.pli", "Key frames asked for by present viewers", show, viewers.plis());
        put("weir.whep.loss.ratio", "Packets lost, mean of viewers", show, viewers.lossPercent() / 100);
        put("weir.whep.join.ms", "Answer to first key frame", show.and("quantile", "0.5"), viewers.joinMillisP50());
        put("weir.whep.join.ms", "Answer to first key frame", show.and("quantile", "0.95"), viewers.joinMillisP95());
        put("weir.llhls.blocked.requests", "Requests that wait for a part", show, viewers.hlsWaiting());
    }

    private void target(Tags show, TargetStatus status) {
        Tags target = show.and("target", status.id());
        for (TargetState state : TargetState.values()) {
            int is = status.state() == state ? 1 : 0;
            put("weir.target.state", "1 for the state of now", target.and("state", state.name()), is);
        }
        put("weir.target.bytes", "Bytes sent", target, status.bytes());
        put("weir.target.drops", "Frames dropped because it was slow", target, status.droppedUnits());
        put("weir.target.reconnects", "Connections after the first", target, status.reconnects());
        put("weir.target.queue.ms", "Media time that waits", target, status.queueMillis());
    }

    private void put(String name, String help, Tags tags, Number value) {
        gauges.computeIfAbsent(
                        name,
                        key -> new Gauges(
                                MultiGauge.builder(key).description(help).register(registry)))
                .rows
                .add(Row.of(tags, value));
    }

    private static final class Gauges {
        private final MultiGauge meter;
        private final List<Row<?>> rows = new ArrayList<>();

        private Gauges(MultiGauge meter) {
            this.meter = meter;
        }
    }
}
