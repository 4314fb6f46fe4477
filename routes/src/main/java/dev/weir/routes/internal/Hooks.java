package dev.weir.routes.internal;

import dev.weir.routes.HookSettings;
import dev.weir.routes.OutgoingWebhooks;
import dev.weir.routes.OutgoingWebhooks.AddressCheck;
import dev.weir.routes.WebhookEndpoints;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who enters endpoints, and who delivers to them? One look after the other for what is due; what is found goes four at a time to each
 * endpoint and hub, so that a slow one takes its own places and nobody else's.
 */
public final class Hooks implements WebhookEndpoints, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final int SIDE_BY_SIDE = 4;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_NAME = 100;
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final HookSettings settings;
    private final AddressCheck addresses;
    private final HookRows rows;
    private final HookDeliveries deliveries;
    private final HookCall call;
    private final HookLane lane;
    private final Drain drain;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Signal stop = new Signal();
    private final Thread thread = Thread.ofVirtual().name("webhooks-out").unstarted(this::run);
    private Instant tidiedAt = Instant.EPOCH;
    private volatile boolean closed;

    /** As {@link OutgoingWebhooks#create}. */
    public Hooks(HookSettings settings, OutgoingWebhooks.Parts parts) {
        this.settings = settings;
        addresses = parts.addresses();
        clock = parts.clock();
        JdbcClient jdbc = JdbcClient.create(parts.database());
        rows = new HookRows(jdbc, parts.seal(), clock);
        deliveries = new HookDeliveries(jdbc, clock);
        call = new HookCall(settings, addresses);
        lane = new HookLane(rows, deliveries, new TransactionTemplate(parts.transactions()), call, settings, clock);
        drain = new Drain("webhook-out", SIDE_BY_SIDE, this::deliverNext);
    }

    /** As {@link OutgoingWebhooks#start}. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            Duration pause = settings.look();
            try {
                deliveries.endpoints().forEach(endpoint -> drain.start(endpoint.toString()));
                tidy();
            } catch (RuntimeException e) {
                LOG.warn("Due webhooks cannot be looked for: {}", e.toString());
                pause = AFTER_FAILURE;
            }
            try {
                stop.await(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean deliverNext(String endpoint) {
        try {
            return lane.next(UUID.fromString(endpoint));
        } catch (RuntimeException e) {
            // Whoever looks after its time in hand is over tries it again.
            LOG.warn("A webhook of endpoint {} cannot be delivered: {}", endpoint, e.toString());
            return false;
        }
    }

    private void tidy() {
        Instant now = clock.instant();
        if (tidiedAt.plus(TIDY_EVERY).isAfter(now)) {
            return;
        }
        tidiedAt = now;
        deliveries.forget();
        for (UUID endpoint : deliveries.crowded(HookDeliveries.MOST_WAITING)) {
            rows.switchOff(endpoint, "More than " + HookDeliveries.MOST_WAITING + " deliveries wait.");
        }
    }

    @Override
    public List<String> types() {
        return PublicFeed.types();
    }

    @Override
    public List<Endpoint> list(String brand) {
        return rows.list(brand);
    }

    @Override
    public Optional<Endpoint> find(String brand, UUID id) {
        return rows.find(brand, id);
    }

    @Override
    public Created create(String brand, @Nullable String key, Entered entered) {
        String name = name(required("name", entered.name()));
        String url = url(required("url", entered.url()));
        List<String> types = HookTypes.check(required("types", entered.types()));
        Optional<UUID> earlier = key == null ? Optional.empty() : rows.ofKey(brand, key);
        if (earlier.isPresent()) {
            return new Created(known(brand, earlier.get()), null);
        }
        int there = rows.list(brand).size();
        if (there >= MOST) {
            throw new IllegalArgumentException("endpoints: " + there + " (expected: at most " + MOST + " of a brand)");
        }
        UUID id = UUID.randomUUID();
        String secret = HookSigning.secret(random);
        if (rows.insert(id, brand, key, name, url, types, secret)) {
            return new Created(known(brand, id), secret);
        }
        return new Created(known(brand, rows.ofKey(brand, required("key", key)).orElseThrow()), null);
    }

    private Endpoint known(String brand, UUID id) {
        return rows.find(brand, id).orElseThrow();
    }

    @Override
    public Optional<Endpoint> edit(String brand, UUID id, Entered entered, @Nullable Boolean on) {
        String name = entered.name() == null ? null : name(entered.name());
        String url = entered.url() == null ? null : url(entered.url());
        List<String> types = entered.types() == null ? null : HookTypes.check(entered.types());
        if (rows.find(brand, id).isEmpty()) {
            return Optional.empty();
        }
        rows.edit(id, name, url, types);
        if (on != null && on) {
            rows.switchOn(id);
        } else if (on != null) {
            rows.switchOff(id, null);
        }
        return rows.find(brand, id);
    }

    @Override
    public boolean remove(String brand, UUID id) {
        return rows.remove(brand, id);
    }

    @Override
    public Optional<Created> rotate(String brand, UUID id) {
        String secret = HookSigning.secret(random);
        return rows.rotate(brand, id, secret, clock.instant().plus(OVERLAP))
                ? rows.find(brand, id).map(endpoint -> new Created(endpoint, secret))
                : Optional.empty();
    }

    @Override
    public Optional<Attempt> test(String brand, UUID id) {
        return rows.find(brand, id)
                .flatMap(endpoint -> rows.target(id, false))
                .map(target -> lane.single(target, PublicFeed.test(brand, id, clock.instant())));
    }

    @Override
    public Optional<Replay> replay(String brand, UUID id, Instant since) {
        Instant from = since.isBefore(deliveries.keptSince()) ? deliveries.keptSince() : since;
        return rows.find(brand, id).map(endpoint -> {
            int queued = deliveries.replay(brand, id, endpoint.types(), from);
            return new Replay(from, queued, queued >= HookDeliveries.MOST_REPLAYED);
        });
    }

    @Override
    public List<Delivery> deliveries(String brand, UUID id, @Nullable State state, int limit) {
        return rows.find(brand, id).isEmpty() ? List.of() : deliveries.list(id, state, limit);
    }

    @Override
    public List<Attempt> attempts(String brand, UUID id, long delivery) {
        return deliveries.attempts(brand, id, delivery);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": missing (expected: a value)");
        }
        return value;
    }

    private static String name(String entered) {
        String name = entered.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "name: " + name.length() + " characters (expected: 1.." + LONGEST_NAME + ")");
        }
        return name;
    }

    private String url(String entered) {
        URI uri;
        try {
            uri = URI.create(entered.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url: not an address (expected: https://host/…)", e);
        }
        String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
        if (!settings.schemes().contains(scheme)
                || uri.getHost() == null
                || uri.getUserInfo() != null
                || uri.getFragment() != null
                || entered.length() > LONGEST_URL) {
            throw new IllegalArgumentException("url: " + scheme + "://… (expected: an address with a host, without a"
                    + " user or fragment, of at most " + LONGEST_URL + " characters, that begins with one of "
                    + settings.schemes().stream().sorted().toList() + ")");
        }
        addresses.check("url", uri.toString());
        return uri.toString();
    }

    @Override
    public void close() {
        closed = true;
        drain.close();
        call.close();
        stop.raise();
        try {
            if (thread.isAlive()) {
                thread.join(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
