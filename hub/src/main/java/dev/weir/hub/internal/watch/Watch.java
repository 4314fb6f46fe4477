package dev.weir.hub.internal.watch;

import dev.weir.connectors.http.ChannelHttp;
import dev.weir.routes.RoutesModule;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes what costs a question to the database or to Redis every 10 s, on a thread of its own: a scrape never asks. */
final class Watch implements SmartLifecycle {
    static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final BacklogGauges backlogs;
    private final ConnectionGauges connections;
    private final ChannelHttp http;
    private final RoutesModule routes;
    private @Nullable ScheduledExecutorService timer;

    Watch(BacklogGauges backlogs, ConnectionGauges connections, ChannelHttp http, RoutesModule routes) {
        this.backlogs = backlogs;
        this.connections = connections;
        this.http = http;
        this.routes = routes;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("watch").daemon().factory());
        every(started, backlogs::read);
        every(started, () -> connections.budgets(http.lanes()));
        every(started, () -> connections.stock(routes.stockStandings()));
        timer = started;
    }

    private static void every(ScheduledExecutorService timer, Runnable look) {
        timer.scheduleWithFixedDelay(() -> guarded(look), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that throws would never be run again. */
    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("A look at the hub failed and will be tried again", e);
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
