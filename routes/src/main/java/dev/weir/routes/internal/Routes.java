package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import dev.weir.connectors.Traces;
import dev.weir.routes.CatalogueImport;
import dev.weir.routes.ChannelErrands;
import dev.weir.routes.CommentOrders;
import dev.weir.routes.ConnectionChores;
import dev.weir.routes.ConversionLog;
import dev.weir.routes.DriftSettings;
import dev.weir.routes.Drifts;
import dev.weir.routes.Inbox;
import dev.weir.routes.IntakeSettings;
import dev.weir.routes.OrderCancels;
import dev.weir.routes.Payouts;
import dev.weir.routes.PrivacyRequests;
import dev.weir.routes.RouteCatalog;
import dev.weir.routes.RouteEdits;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.RoutesSettings;
import dev.weir.routes.SetAside;
import dev.weir.routes.StockStanding;
import dev.weir.routes.WebhookLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which part holds which? Made once; started and closed once. */
public final class Routes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** Orders and payments go through these; chores ask shops for orders that were missed. */
    private static final Set<String> OF_MONEY = Set.of(
            "webhook-intake",
            "webhook-sweep",
            "order-push",
            "order-push-drain",
            "order-poll",
            "comment-orders",
            "chores");

    private final RoutesSettings settings;
    private final Wiring wiring;
    private final CamelHost camel;
    private final OutboxRelay relay;
    private final JdbcInbox inbox;
    private final InboxRetention retention;
    private final JdbcWebhookLog log;
    private final SetAside setAside;
    private final Lanes lanes;
    private final InboxSteps inboxSteps;
    private final PollSteps pollSteps;
    private final StockSteps stockSteps;
    private final CatalogueOut catalogueOut;
    private final CatalogueNews catalogueNews;
    private final CatalogueSteps catalogueSteps;
    private final OrderSteps orderSteps;
    private final CancelSteps cancelSteps;
    private final ErrandSteps errandSteps;
    private final ChoreSteps choreSteps;
    private final Drifts drifts;
    private final PrivacySteps privacySteps;
    private final PayoutRows payouts;
    private final CommentSteps commentSteps;
    private final ConversionSteps conversionSteps;
    private final Importer importer;
    private final Connected connected;
    private final RouteWatch watch;
    private final RouteKeeper keeper;
    private final RouteEditing edits;
    private final Meter starting;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private volatile boolean closed;

    /** Wires everything over {@code parts}; {@code signal} is raised when the outbox has news. */
    public Routes(
            RoutesSettings settings, DriftSettings drift, Traces traces, RoutesModule.Parts parts, Signal signal) {
        this.settings = settings;
        wiring = new Wiring(
                JdbcClient.create(parts.database()),
                new TransactionTemplate(parts.transactions()),
                parts.channels(),
                parts.connections(),
                parts.catalogue(),
                parts.stock(),
                parts.levels(),
                parts.orders(),
                traces,
                parts.clock(),
                new ConcurrentHashMap<>());
        camel = new CamelHost(settings);
        watch = new RouteWatch(wiring, camel);
        starting = wiring.meter("kafka", "Topics made and routes started");
        starting.state("Not started");
        relay = new OutboxRelay(wiring, signal, new KafkaSender(settings.kafka()));
        InboxWrites writes = new InboxWrites(wiring.jdbc(), settings, traces.isOn(), signal, parts.clock());
        inbox = new JdbcInbox(writes, spool(settings.intake(), writes));
        retention = new InboxRetention(
                wiring.jdbc(),
                settings.intake(),
                wiring.meter("inbox-retention", "Erases what is personal in old deliveries, and then their rows"),
                parts.clock());
        InboxStore store = new InboxStore(wiring.jdbc(), settings.inboxGrace(), parts.clock());
        log = new JdbcWebhookLog(wiring.jdbc(), store, signal);
        setAside = new JdbcSetAside(wiring, store, signal);
        PublishedLevels levels = new PublishedLevels(
                wiring.jdbc(), new JdbcTemplate(parts.database()), wiring.transaction(), parts.clock());
        Aftercare aftercare = new Aftercare(wiring, parts);
        CommentRows comments = new CommentRows(wiring.jdbc(), parts.clock());
        commentSteps = new CommentSteps(wiring, parts.onAir(), comments);
        InboxEffects effects = new InboxEffects(
                wiring,
                store,
                levels,
                aftercare.notices(),
                new CommentEffects(parts.onAir(), comments),
                aftercare.backendRefunds());
        lanes = new Lanes(settings.inboxLanes());
        inboxSteps = new InboxSteps(wiring, parts.checkouts(), store, effects, lanes, signal);
        pollSteps = new PollSteps(wiring, settings, effects, signal);
        CatalogueRuns runs = new CatalogueRuns(wiring.jdbc(), parts.clock());
        SentListings sent = new SentListings(wiring.jdbc(), new JdbcTemplate(parts.database()), parts.clock());
        catalogueOut = new CatalogueOut(wiring, runs, sent, this::catchUp);
        catalogueNews = new CatalogueNews(wiring, catalogueOut);
        CatalogueIn catalogueIn = new CatalogueIn(wiring, runs, levels, catalogueNews::changed);
        catalogueSteps = new CatalogueSteps(wiring, catalogueIn, catalogueOut, runs, this::resync);
        StockWriter writer = new StockWriter(wiring, levels, catalogueOut, catalogueNews);
        stockSteps = new StockSteps(wiring, settings, levels, writer, parts.stockListener());
        orderSteps = aftercare.orders();
        cancelSteps = new CancelSteps(wiring, parts.shortfalls(), new CancelRows(wiring.jdbc(), parts.clock()));
        conversionSteps = new ConversionSteps(wiring, new ConversionRows(wiring.jdbc(), parts.clock()));
        importer = new Importer(wiring, camel, runs, sent);
        errandSteps = aftercare.errands();
        Reconciler reconciler = new Reconciler(
                wiring,
                levels,
                writer,
                stockSteps,
                effects,
                catalogueIn,
                aftercare,
                sent,
                catalogueNews,
                new JdbcTemplate(parts.database()));
        choreSteps = aftercare.chores(
                pollSteps, effects, reconciler.changing(), reconciler.chore(drift), new Following(catalogueOut, runs));
        drifts = reconciler.desk();
        privacySteps = aftercare.privacy();
        payouts = aftercare.payouts();
        RouteVersions versions = new RouteVersions(wiring.jdbc(), wiring.transaction(), parts.clock(), this::needsTwo);
        keeper = new RouteKeeper(wiring, versions, camel, this::needsTwo);
        edits = new RouteEditing(
                keeper,
                versions,
                new RouteRehearsal(new RouteMessages(wiring), new RouteMeaning(wiring, store)),
                camel);
        connected = new Connected(wiring, camel, stockSteps, choreSteps, importer::arrived);
    }

    private boolean needsTwo(String route) {
        return settings.twoPersons() && OF_MONEY.contains(route);
    }

    private @Nullable SpoolKeeper spool(IntakeSettings intake, InboxWrites writes) {
        return intake.spool() == null
                ? null
                : new SpoolKeeper(
                        intake.spool(),
                        intake.spoolBytes(),
                        writes,
                        wiring.meter(
                                "intake-spool", "Brings deliveries that came without the database into the inbox"));
    }

    private void resync(UUID connectionId) {
        stockSteps.resync(connectionId);
    }

    private void catchUp(UUID connectionId, List<Sku> skus) {
        stockSteps.catchUp(connectionId, skus);
    }

    /** As {@link RoutesModule#start}. */
    public boolean start(Duration most) {
        inbox.start();
        Thread.ofVirtual().name("routes-start").start(this::startWhenKafkaAnswers);
        try {
            started.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("routes cannot be started: " + e.getCause(), e.getCause());
        }
    }

    private void startWhenKafkaAnswers() {
        while (!closed) {
            try {
                starting.state("Waiting for Kafka at " + settings.kafka());
                Topics.ensure(settings);
                startAll();
                return;
            } catch (KafkaException e) {
                starting.fail(String.valueOf(e.getMessage()));
                LOG.warn("Kafka at {} does not answer yet: {}", settings.kafka(), e.getMessage());
            } catch (Exception e) {
                starting.fail(String.valueOf(e));
                starting.state("Failed");
                started.completeExceptionally(e);
                return;
            }
            try {
                Thread.sleep(BETWEEN_TRIES);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void startAll() throws Exception {
        relay.start();
        camel.start(
                Map.ofEntries(
                        Map.entry("inboxSteps", inboxSteps),
                        Map.entry("pollSteps", pollSteps),
                        Map.entry("stockSteps", stockSteps),
                        Map.entry("orderSteps", orderSteps),
                        Map.entry("cancelSteps", cancelSteps),
                        Map.entry("errandSteps", errandSteps),
                        Map.entry("choreSteps", choreSteps),
                        Map.entry("privacySteps", privacySteps),
                        Map.entry("commentSteps", commentSteps),
                        Map.entry("conversionSteps", conversionSteps),
                        Map.entry("catalogueSteps", catalogueSteps),
                        Map.entry("connected", connected),
                        Map.entry("inboxRetention", retention),
                        Map.entry("outboxRelay", relay)),
                watch);
        keeper.start();
        connected.refresh();
        starting.ok(1);
        started.complete(null);
    }

    /** As {@link RoutesModule#refresh}. */
    public void refresh() {
        if (started.isDone()) {
            connected.refresh();
        }
    }

    /** As {@link RoutesModule#importSoon}. */
    public void importSoon(UUID connectionId) {
        importer.soon(connectionId);
        choreSteps.soon(connectionId);
    }

    /** As {@link RoutesModule#firstImport}. */
    public CompletableFuture<Void> firstImport() {
        return importer.first();
    }

    /** As {@link RoutesModule#inbox}. */
    public Inbox inbox() {
        return inbox;
    }

    /** As {@link RoutesModule#webhookLog}. */
    public WebhookLog webhookLog() {
        return log;
    }

    /** As {@link RoutesModule#setAside}. */
    public SetAside setAside() {
        return setAside;
    }

    /** As {@link RoutesModule#routeCatalog}. */
    public RouteCatalog routeCatalog() {
        return watch;
    }

    /** As {@link RoutesModule#routeEdits}. */
    public RouteEdits routeEdits() {
        return edits;
    }

    /** As {@link RoutesModule#catalogueImport}. */
    public CatalogueImport catalogueImport() {
        return importer;
    }

    /** As {@link RoutesModule#orderCancels}. */
    public OrderCancels orderCancels() {
        return cancelSteps::refusal;
    }

    /** As {@link RoutesModule#chores}. */
    public ConnectionChores chores() {
        return choreSteps;
    }

    /** As {@link RoutesModule#drifts}. */
    public Drifts drifts() {
        return drifts;
    }

    /** As {@link RoutesModule#errands}. */
    public ChannelErrands errands() {
        return errandSteps;
    }

    /** As {@link RoutesModule#privacyRequests}. */
    public PrivacyRequests privacyRequests() {
        return privacySteps;
    }

    /** As {@link RoutesModule#payouts}. */
    public Payouts payouts() {
        return payouts;
    }

    /** As {@link RoutesModule#commentOrders}. */
    public CommentOrders commentOrders() {
        return commentSteps;
    }

    /** As {@link RoutesModule#conversionLog}. */
    public ConversionLog conversionLog() {
        return conversionSteps;
    }

    /** As {@link RoutesModule#stockStandings}. */
    public List<StockStanding> stockStandings() {
        return stockSteps.standings();
    }

    /** As {@link RoutesModule#camel}. */
    public CamelContext camel() {
        return camel.context();
    }

    @Override
    public void close() {
        closed = true;
        keeper.close();
        importer.close();
        catalogueNews.close();
        catalogueOut.close();
        orderSteps.close();
        cancelSteps.close();
        errandSteps.close();
        choreSteps.close();
        commentSteps.close();
        conversionSteps.close();
        camel.close();
        stockSteps.close();
        lanes.close();
        inbox.close();
        relay.close();
    }
}
