package dev.weir.bench.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Strikes as planned: one after the other, except that Kafka stays away while the others strike. */
final class Blows implements Callable<List<String>> {
    private final House house;
    private final TortureSettings settings;
    private final DoubleSupplier share;
    private final long began = System.nanoTime();
    private final List<String> struck = new ArrayList<>();

    /** {@code share}: how much was accepted so far, 0..1. */
    Blows(House house, TortureSettings settings, DoubleSupplier share) {
        this.house = house;
        this.settings = settings;
        this.share = share;
    }

    /** Returns what struck when everything is back. */
    @Override
    public List<String> call() throws Exception {
        List<FutureTask<@Nullable Void>> away = new ArrayList<>();
        for (Blow blow : Blow.plan(settings)) {
            while (share.getAsDouble() < blow.share()) {
                Thread.sleep(5);
            }
            String when = String.format(
                    Locale.ROOT,
                    "%6.1f s, %3.0f %% accepted: ",
                    (System.nanoTime() - began) / 1e9,
                    100 * share.getAsDouble());
            switch (blow.kind()) {
                case HUB_KILL -> {
                    house.hub().kill();
                    house.hub().restart();
                }
                case POSTGRES_RESTART -> {
                    house.postgres().kill();
                    Thread.sleep(settings.postgresDown());
                    house.postgres().restart();
                }
                case REDIS_FLUSH -> house.redis().flush();
                case KAFKA_STOP -> away.add(kafka());
            }
            struck.add(when + blow.kind());
        }
        for (FutureTask<@Nullable Void> one : away) {
            one.get();
        }
        return struck;
    }

    private FutureTask<@Nullable Void> kafka() throws InterruptedException {
        house.killKafka();
        FutureTask<@Nullable Void> back = new FutureTask<>(this::kafkaReturns);
        Thread.ofVirtual().name("kafka-away").start(back);
        return back;
    }

    private @Nullable Void kafkaReturns() throws IOException, InterruptedException {
        Thread.sleep(settings.kafkaDown());
        house.startKafka();
        return null;
    }
}
