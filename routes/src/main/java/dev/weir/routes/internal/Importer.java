package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.routes.CatalogueImport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelExecutionException;

/** When is a shop's catalogue brought in? On demand, and for each connection once it is opened: backends first. */
public final class Importer implements CatalogueImport {
    private static final long BACKEND_SECONDS = 20;
    /** Shops whose standing is told: as many as there can be. */
    private static final int MOST_STANDINGS = 1_000;

    private static final FaultPolicy POLICY =
            new FaultPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), Integer.MAX_VALUE);

    private final Wiring wiring;
    private final CamelHost camel;
    private final CatalogueRuns runs;
    private final SentListings sent;
    private final Meter meter;
    private final Map<String, CompletableFuture<Void>> backends = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final Map<UUID, Standing> standings = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Standing> eldest) {
            return size() > MOST_STANDINGS;
        }
    });
    /** By connection, the attempt that counts: a newer one ends those before it, which may wait for long. */
    private final Map<UUID, UUID> latest = new ConcurrentHashMap<>();

    private volatile boolean closed;

    Importer(Wiring wiring, CamelHost camel, CatalogueRuns runs, SentListings sent) {
        this.wiring = wiring;
        this.camel = camel;
        this.runs = runs;
        this.sent = sent;
        this.meter = wiring.meter("catalogue-start", "Imports each shop's catalogue when it is connected");
    }

    @Override
    public Report run(UUID connectionId) {
        return run(wiring.connection(connectionId));
    }

    @Override
    public Optional<Standing> standing(UUID connectionId) {
        return Optional.ofNullable(standings.get(connectionId));
    }

    @Override
    public List<Progress> progress(UUID connectionId) {
        return runs.progress(connectionId);
    }

    @Override
    public List<Refusal> refusals(UUID connectionId, int limit) {
        return sent.refusals(connectionId, limit);
    }

    private Report run(Connection connection) {
        standings.put(connection.id(), new Standing.Running(now()));
        try {
            Report report = camel.call("direct:catalogue-import", CatalogueRun.of(connection), CatalogueRun.class)
                    .report();
            standings.put(connection.id(), new Standing.Done(now(), report));
            return report;
        } catch (CamelExecutionException e) {
            RuntimeException failure = e.getCause() instanceof RuntimeException cause ? cause : e;
            standings.put(connection.id(), new Standing.Failed(now(), words(failure)));
            throw failure;
        }
    }

    /** For people: what to do about a channel's refusal stands in its words already. */
    private static String words(RuntimeException failure) {
        return failure instanceof ChannelException refusal
                ? Sql.cut(String.valueOf(refusal.getMessage()), 400)
                : FaultPolicy.reason(failure);
    }

    private Instant now() {
        return wiring.clock().instant();
    }

    /** Completes when every shop that was connected at the start was imported, or failed once. */
    CompletableFuture<Void> first() {
        return first;
    }

    /** Brings the shop's catalogue in beside the caller, again and again until it is done; a shop that follows is sent all of ours. */
    void soon(UUID connectionId) {
        sent.forget(connectionId);
        wiring.connections().find(connectionId).ifPresent(this::begin);
    }

    void arrived(List<Connection> fresh) {
        List<CompletableFuture<Void>> tried = fresh.stream().map(this::begin).toList();
        CompletableFuture.allOf(tried.toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> first.complete(null));
    }

    private CompletableFuture<Void> begin(Connection connection) {
        CompletableFuture<Void> tried = new CompletableFuture<>();
        UUID attempt = UUID.randomUUID();
        latest.put(connection.id(), attempt);
        standings.put(connection.id(), new Standing.Waiting(now()));
        Thread.ofVirtual().name("import-" + connection.id()).start(() -> {
            try {
                untilDone(connection.brand(), connection.id(), attempt, tried);
            } finally {
                tried.complete(null);
            }
        });
        return tried;
    }

    private void untilDone(String brand, UUID id, UUID mine, CompletableFuture<Void> tried) {
        CompletableFuture<Void> backend = backends.computeIfAbsent(brand, any -> new CompletableFuture<>());
        for (int attempt = 1; !closed && mine.equals(latest.get(id)); attempt++) {
            // As it is by now: what kept the last attempt from it may have been mended, or the shop let go.
            Connection connection = wiring.connections().find(id).orElse(null);
            if (connection == null) {
                standings.remove(id);
                latest.remove(id, mine);
                return;
            }
            try {
                if (!Wiring.isBackend(connection) && hasBackend(brand)) {
                    standings.put(id, new Standing.Waiting(now()));
                    await(backend);
                }
                run(connection);
                meter.ok(1);
                if (Wiring.isBackend(connection)) {
                    backend.complete(null);
                }
                return;
            } catch (CatalogueRuns.Superseded elsewhere) {
                tried.complete(null);
                if (!awaitAbandoned(id)) {
                    return;
                }
            } catch (RuntimeException e) {
                meter.fail(connection + ": " + FaultPolicy.reason(e));
                tried.complete(null);
                if (!pause(e, attempt)) {
                    return;
                }
            }
        }
    }

    /** Whether whoever carries the import on has given up, or its hub has died; false when it is done or this hub closes. */
    private boolean awaitAbandoned(UUID id) {
        try {
            while (!closed && runs.progress(id).stream().anyMatch(run -> !run.isDone())) {
                if (runs.isAbandoned(id)) {
                    return true;
                }
                Thread.sleep(FaultPolicy.SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean hasBackend(String brand) {
        return wiring.connections().active().stream()
                .anyMatch(one -> one.brand().equals(brand) && Wiring.isBackend(one));
    }

    /** Shops that follow wait for the backend's products, but not for ever: after a restart the products are there. */
    private static void await(CompletableFuture<Void> backend) {
        try {
            backend.get(BACKEND_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean pause(RuntimeException failure, int attempt) {
        Duration wait = switch (POLICY.decide(failure, attempt)) {
            case FaultPolicy.Verdict.Retry retry -> retry.after();
            case FaultPolicy.Verdict.Park park -> FaultPolicy.SOON;
        };
        try {
            Thread.sleep(wait);
            return !(failure instanceof ChannelException refusal && refusal.fault() == Fault.UNSUPPORTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void close() {
        closed = true;
        first.complete(null);
    }
}
