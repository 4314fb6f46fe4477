package dev.weir.hub.internal.live;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps the charts and the metrics fed. */
final class StreamSampler implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSampler.class);

    private final StreamNumbers numbers;
    private final StreamMetrics metrics;
    private @Nullable ScheduledExecutorService timer;

    StreamSampler(StreamNumbers numbers, StreamMetrics metrics) {
        this.numbers = numbers;
        this.metrics = metrics;
    }

    @Override
    public synchronized void start() {
        long period = StreamNumbers.PERIOD.toMillis();
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("stream-numbers").daemon().factory());
        timer.scheduleWithFixedDelay(this::sample, period, period, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            numbers.sample();
            metrics.refresh();
        } catch (RuntimeException e) {
            LOG.warn("The streams' numbers were not taken and will be tried again", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
