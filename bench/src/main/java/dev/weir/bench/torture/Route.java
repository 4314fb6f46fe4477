package dev.weir.bench.torture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * In which order do the deliveries come, and when does each platform show what they speak of?
 *
 * @param stops the number of a webhook each; one that comes again stands there again
 * @param shown what the stand-ins show from a stop on
 */
record Route(List<Integer> stops, Map<Integer, List<Webhook.Shown>> shown) {
    private static final int MOST_COPIES = 10;
    /** Of a hundred webhooks that speak of something new of which the platform is asked, so many come before it shows that. */
    private static final int EARLY = 10;

    private static final int MOST_EARLY = 2_000;

    /** Each once, in order. */
    static Route calm(Script script) {
        List<Integer> stops = new ArrayList<>();
        for (int i = 0; i < script.webhooks().size(); i++) {
            stops.add(i);
        }
        return new Route(stops, shown(script, stops, new Random(0), 0));
    }

    /** Each 1 to 10 times, shuffled. */
    static Route shuffled(Script script, long seed) {
        Random random = new Random(seed);
        List<Integer> stops = new ArrayList<>();
        for (int i = 0; i < script.webhooks().size(); i++) {
            stops.addAll(Collections.nCopies(1 + random.nextInt(MOST_COPIES), i));
        }
        Collections.shuffle(stops, random);
        return new Route(stops, shown(script, stops, random, EARLY));
    }

    private static Map<Integer, List<Webhook.Shown>> shown(
            Script script, List<Integer> stops, Random random, int early) {
        int[] first = new int[script.webhooks().size()];
        Arrays.fill(first, -1);
        Map<Integer, List<Webhook.Shown>> shown = new HashMap<>();
        for (int stop = 0; stop < stops.size(); stop++) {
            int webhook = stops.get(stop);
            List<Webhook.Shown> documents = script.webhooks().get(webhook).shown();
            if (first[webhook] < 0 && !documents.isEmpty()) {
                boolean comesEarly =
                        random.nextInt(100) < early && documents.stream().allMatch(Webhook.Shown::isFirst);
                int late = comesEarly ? Math.min(stops.size() - 1, stop + 1 + random.nextInt(MOST_EARLY)) : stop;
                shown.computeIfAbsent(late, any -> new ArrayList<>()).addAll(documents);
            }
            first[webhook] = first[webhook] < 0 ? stop : first[webhook];
        }
        return shown;
    }

    /** How many webhooks come once, and must not be lost with the one answer that they get. */
    long once() {
        Map<Integer, Integer> copies = new HashMap<>();
        stops.forEach(stop -> copies.merge(stop, 1, Integer::sum));
        return copies.values().stream().filter(count -> count == 1).count();
    }
}
