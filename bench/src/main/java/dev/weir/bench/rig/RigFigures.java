package dev.weir.bench.rig;

import dev.weir.simulcast.LiveStream;
import dev.weir.simulcast.LiveStreams;
import dev.weir.simulcast.TargetStatus;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What does the rig hold, and what has passed through it? As maps, for JSON. */
final class RigFigures {

    private RigFigures() {}

    /**
     * Counts and sizes.
     *
     * @param collect first a full collection, so that what is counted is in use; it stops the rig for a moment
     */
    static Map<String, Object> now(LiveStreams lives, boolean collect) {
        if (collect) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("heapUsed", runtime.totalMemory() - runtime.freeMemory());
        figures.put("heapCommitted", runtime.totalMemory());
        figures.put(
                "nonHeap",
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted());
        figures.put("buffers", buffers());
        figures.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        figures.put("lives", lives.list().stream().map(RigFigures::live).toList());
        return figures;
    }

    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static Map<String, Object> live(LiveStream live) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("id", live.showId());
        figures.put("hostConnected", live.hostConnected());
        figures.put("units", live.stats().fanout().units());
        figures.put("bytes", live.stats().fanout().bytes());
        List<TargetStatus> targets = live.targets().list();
        figures.put("targets", targets.stream().map(RigFigures::target).toList());
        return figures;
    }

    private static Map<String, Object> target(TargetStatus target) {
        return Map.of(
                "id", target.id(),
                "state", target.state().name(),
                "bytes", target.bytes(),
                "dropped", target.droppedUnits(),
                "reconnects", target.reconnects());
    }
}
