package dev.weir.bench.torture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What strikes, and when?
 *
 * @param share of the deliveries that were accepted by then, 0..1
 */
record Blow(double share, Kind kind) {
    /** What is struck. */
    enum Kind {
        HUB_KILL,
        POSTGRES_RESTART,
        KAFKA_STOP,
        REDIS_FLUSH
    }

    /** In the order of their shares. The last of several kills strikes when everything has been accepted, and much is not handled yet. */
    static List<Blow> plan(TortureSettings settings) {
        Random random = new Random(settings.seed());
        List<Blow> plan = new ArrayList<>();
        for (int i = 1; i <= settings.kills(); i++) {
            boolean atTheEnd = i > 1 && i == settings.kills();
            double share = (i - 0.5 * random.nextDouble()) / settings.kills();
            plan.add(new Blow(atTheEnd ? 1 : share, Kind.HUB_KILL));
        }
        for (int i = 0; i < settings.postgresRestarts(); i++) {
            plan.add(new Blow(
                    (i + 0.2 + 0.6 * random.nextDouble()) / settings.postgresRestarts(), Kind.POSTGRES_RESTART));
        }
        for (int i = 0; i < settings.flushes(); i++) {
            plan.add(new Blow((i + random.nextDouble()) / settings.flushes(), Kind.REDIS_FLUSH));
        }
        if (!settings.kafkaDown().isZero()) {
            plan.add(new Blow(0.05 + 0.2 * random.nextDouble(), Kind.KAFKA_STOP));
        }
        plan.sort(Comparator.comparingDouble(Blow::share));
        return plan;
    }
}
