package dev.weir.connectors.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a stand-in's deliveries to the hub: at once, and again 8 times with back-off until the hub says 2xx. */
final class SandboxCourier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxCourier.class);
    private static final int TRIES = 8;
    private static final int UNDER_WAY = 64;

    private final Map<String, URI> addresses = new ConcurrentHashMap<>();
    private final ExecutorService carriers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(UNDER_WAY);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    void deliverTo(String channel, URI address) {
        addresses.put(channel, address);
    }

    void send(String channel, SandboxDelivery delivery) {
        URI address = addresses.get(channel);
        if (address != null) {
            carriers.execute(() -> carry(channel, address, delivery));
        }
    }

    private void carry(String channel, URI address, SandboxDelivery delivery) {
        try {
            places.acquire();
            try {
                for (int attempt = 0; attempt < TRIES && !accepted(address, delivery); attempt++) {
                    Thread.sleep(Math.min(250L << attempt, 10_000));
                }
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("Delivery of {} given up at close", channel);
        }
    }

    private boolean accepted(URI address, SandboxDelivery delivery) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(5))
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
        delivery.headers().forEach(request::header);
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / 100 == 2;
        } catch (IOException e) {
            LOG.debug("Delivery to {} not taken yet", address.getPath(), e);
            return false;
        }
    }

    @Override
    public void close() {
        carriers.shutdownNow();
        client.shutdownNow();
    }
}
