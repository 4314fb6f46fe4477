package dev.weir.bench.torture;

import dev.weir.connectors.sandbox.SandboxDelivery;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * How do deliveries come to the hub? As fast as it takes them, so many at once; what it does not answer with 2xx comes again a moment
 * later, as a platform's would, until it does.
 */
final class Couriers {
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** Nobody listens: the next in line would only find the same. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Script script;
    private final Route route;
    private final House house;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger sales = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger nobody = new AtomicInteger();
    private final Map<String, Integer> odd = new ConcurrentHashMap<>();
    private volatile boolean gaveUp;
    private final DelayQueue<Again> again = new DelayQueue<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Couriers(Script script, Route route, House house) {
        this.script = script;
        this.route = route;
        this.house = house;
    }

    /**
     * What was answered.
     *
     * @param accepted 2xx
     * @param refused 503
     * @param lost deliveries whose answer was lost with the connection: taken in or not, nobody knows
     * @param nobody attempts at which nobody listened
     * @param odd any other answer, which is a fault
     */
    record Answers(int accepted, int refused, int lost, int nobody, Map<String, Integer> odd) {}

    /** Delivers all of them; returns when each was accepted, or at {@link #giveUp}. */
    Answers deliver(int senders) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, senders)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        work();
                        return i;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        client.shutdownNow();
        return new Answers(accepted.get(), refused.get(), lost.get(), nobody.get(), new TreeMap<>(odd));
    }

    /** The hub will not come back: what is left is not delivered. */
    void giveUp() {
        gaveUp = true;
    }

    /** The share of all deliveries that was accepted, 0..1. */
    double share() {
        return (double) accepted.get() / route.stops().size();
    }

    private void work() throws InterruptedException {
        while (accepted.get() < route.stops().size() && !gaveUp) {
            Again due = again.poll();
            int stop = due != null ? due.stop() : fresh();
            if (stop < 0) {
                Thread.sleep(BREATH);
            } else if (accepts(script.webhooks().get(route.stops().get(stop)))) {
                accepted.incrementAndGet();
            } else {
                again.add(Again.in(AGAIN, stop));
            }
        }
    }

    /** The next one that was never sent, with what stands at the platforms by then; -1 after the last. */
    private synchronized int fresh() {
        int stop = next.get();
        if (stop >= route.stops().size()) {
            return -1;
        }
        next.incrementAndGet();
        route.shown().getOrDefault(stop, List.of()).forEach(house.standIns()::show);
        long due = (long) script.unheard().size() * (stop + 1) / route.stops().size();
        while (sales.get() < due) {
            Script.Purchase purchase = script.unheard().get(sales.getAndIncrement());
            house.standIns().platform(StandIns.MAGENTO).buy(purchase.sku(), purchase.quantity());
        }
        return stop;
    }

    private boolean accepts(Webhook webhook) throws InterruptedException {
        SandboxDelivery delivery = webhook.delivery();
        URI address = house.webhooks(webhook.channel());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
        delivery.headers().forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json");
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status == 503) {
                refused.incrementAndGet();
            } else if (status / 100 != 2) {
                odd.merge(status + " to " + webhook.channel() + ": " + answer.body(), 1, Integer::sum);
            }
            return status / 100 == 2;
        } catch (ConnectException e) {
            nobody.incrementAndGet();
            Thread.sleep(BREATH);
            return false;
        } catch (IOException e) {
            lost.incrementAndGet();
            return false;
        }
    }

    /** One that is to come once more. */
    private record Again(int stop, long atNanos) implements Delayed {
        static Again in(Duration wait, int stop) {
            return new Again(stop, System.nanoTime() + wait.toNanos());
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
