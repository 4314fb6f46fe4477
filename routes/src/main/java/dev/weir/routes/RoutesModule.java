package dev.weir.routes;

import dev.weir.checkout.Checkouts;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.connectors.Traces;
import dev.weir.live.Catalogue;
import dev.weir.live.ChatRoom;
import dev.weir.live.CommentSales;
import dev.weir.live.RunSheet;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.orders.Buyers;
import dev.weir.orders.OrderBook;
import dev.weir.orders.Shipments;
import dev.weir.reservation.ChannelLevels;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Shortfalls;
import dev.weir.reservation.StockLedger;
import dev.weir.routes.internal.Routes;
import dev.weir.routes.internal.ShowStock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * How is this folder put together, started and stopped? Over one PostgreSQL database that {@code db/migration/V5_*}
 * prepared, and Kafka. {@link #inbox} works from the moment of creation; everything else from {@link #start} on. All parts
 * are thread-safe.
 */
public final class RoutesModule implements AutoCloseable {
    private final Routes routes;

    private RoutesModule(Routes routes) {
        this.routes = routes;
    }

    /** Wires the parts; nothing runs yet. */
    public static RoutesModule create(RoutesSettings settings, Parts parts) {
        return create(settings, DriftSettings.defaults(), parts);
    }

    /** As above, with shops compared and healed as {@code drift} says. */
    public static RoutesModule create(RoutesSettings settings, DriftSettings drift, Parts parts) {
        return create(settings, drift, Traces.OFF, parts);
    }

    /** As above, with the way of each delivery and order told to {@code traces}. */
    public static RoutesModule create(RoutesSettings settings, DriftSettings drift, Traces traces, Parts parts) {
        return new RoutesModule(
                new Routes(settings, drift, traces, parts, parts.outbox().signal()));
    }

    /** Tells the listeners of each show that has the SKU on its run sheet: event {@code stock} {sku, available, preOrder, shipsFrom, line, version}. */
    public static StockListener toShows(Shows shows, RunSheet runSheet, ShowEvents events) {
        return new ShowStock(shows, runSheet, events);
    }

    /**
     * Creates topics, starts the routes in the versions in force and everything else. Waits at most {@code most} for Kafka; when it is not there
     * by then, goes on trying beside. True when everything runs. Call once.
     *
     * @throws IllegalStateException when a route that ships cannot be started
     */
    public boolean start(Duration most) {
        return routes.start(most);
    }

    /** Opens routes of connections that are new and closes those that are gone; happens by itself every 2 s. */
    public void refresh() {
        routes.refresh();
    }

    /** Brings a shop's catalogue in again, because what the operator entered about it has changed. */
    public void importSoon(UUID connectionId) {
        routes.importSoon(connectionId);
    }

    /** Completes when each shop that was connected at the start was imported, or failed once. */
    public CompletableFuture<Void> firstImport() {
        return routes.firstImport();
    }

    /** Where deliveries are stored. */
    public Inbox inbox() {
        return routes.inbox();
    }

    /** What became of them. */
    public WebhookLog webhookLog() {
        return routes.webhookLog();
    }

    /** Which of them have no effect yet, and how one is repaired. */
    public SetAside setAside() {
        return routes.setAside();
    }

    /** What runs. */
    public RouteCatalog routeCatalog() {
        return routes.routeCatalog();
    }

    /** How what runs is changed. */
    public RouteEdits routeEdits() {
        return routes.routeEdits();
    }

    /** Catalogue of one shop, on demand. */
    public CatalogueImport catalogueImport() {
        return routes.catalogueImport();
    }

    /** Which orders channels can be asked to call off. */
    public OrderCancels orderCancels() {
        return routes.orderCancels();
    }

    /** What is done at the shops now and then. */
    public ConnectionChores chores() {
        return routes.chores();
    }

    /** What the shops show otherwise than we expect. */
    public Drifts drifts() {
        return routes.drifts();
    }

    /** What the shops are still to be told. */
    public ChannelErrands errands() {
        return routes.errands();
    }

    /** What buyers asked through the platforms. */
    public PrivacyRequests privacyRequests() {
        return routes.privacyRequests();
    }

    /** What the platforms paid out. */
    public Payouts payouts() {
        return routes.payouts();
    }

    /** What commenters asked for. */
    public CommentOrders commentOrders() {
        return routes.commentOrders();
    }

    /** Which platforms were told of which purchases. */
    public ConversionLog conversionLog() {
        return routes.conversionLog();
    }

    /** How far each shop is behind the stock, as this hub knows. */
    public List<StockStanding> stockStandings() {
        return routes.stockStandings();
    }

    /** For health: {@link CamelContext#getStatus}. */
    public CamelContext camel() {
        return routes.camel();
    }

    /** Stops routes first, then what they feed; at most about 15 s. */
    @Override
    public void close() {
        routes.close();
    }

    /**
     * What the routes stand on.
     *
     * @param transactions manages {@code database}, which {@code outbox} writes to as well
     * @param channels by {@link Channel#name}
     * @param webhookAddress where the connection's platform is to push to
     */
    public record Parts(
            DataSource database,
            PlatformTransactionManager transactions,
            JdbcOutbox outbox,
            Map<String, Channel> channels,
            Connections connections,
            Catalogue catalogue,
            StockLedger stock,
            ChannelLevels levels,
            OrderBook orders,
            Shortfalls shortfalls,
            Checkouts checkouts,
            StockListener stockListener,
            Shipments shipments,
            Buyers buyers,
            AccessNotices access,
            Function<Connection, URI> webhookAddress,
            OnAir onAir,
            Clock clock) {
        /** Copies the channels. */
        public Parts {
            channels = Map.copyOf(channels);
        }
    }

    /** What the routes say and hold in a show: comments under its lives elsewhere are chat, and may buy. */
    public record OnAir(
            Shows shows,
            ChatRoom chat,
            CommentSales sales,
            ShowEvents events,
            Reservations reservations,
            HoldLinks links) {}
}
