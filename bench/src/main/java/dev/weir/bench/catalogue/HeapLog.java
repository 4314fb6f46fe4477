package dev.weir.bench.catalogue;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** How much of the heap is in use after each collection? What is live is less than that. */
final class HeapLog {
    private static final long MEGABYTE = 1 << 20;

    private final AtomicLong last = new AtomicLong();
    private final AtomicLong most = new AtomicLong();

    HeapLog() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(
                        (notification, handback) -> note(
                                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())),
                        null,
                        null);
            }
        }
    }

    private void note(GarbageCollectionNotificationInfo info) {
        long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool ->
                        !pool.getKey().contains("Meta") && !pool.getKey().contains("Code"))
                .map(java.util.Map.Entry::getValue)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        last.set(used);
        most.accumulateAndGet(used, Math::max);
    }

    long lastMegabytes() {
        return last.get() / MEGABYTE;
    }

    long mostMegabytes() {
        return most.get() / MEGABYTE;
    }
}
