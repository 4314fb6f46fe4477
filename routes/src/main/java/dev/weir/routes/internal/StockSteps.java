package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.routes.RoutesSettings;
import dev.weir.routes.StockListener;
import dev.weir.routes.StockStanding;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** Where does a {@code StockChanged} go? Steps of {@code stock-fanout} and {@code stock-to-shows}. Thread-safe. */
public final class StockSteps implements AutoCloseable {
    private final Wiring wiring;
    private final RoutesSettings settings;
    private final PublishedLevels published;
    private final StockWriter writer;
    private final StockListener listener;
    private final Map<UUID, StockLane> lanes = new ConcurrentHashMap<>();

    StockSteps(
            Wiring wiring,
            RoutesSettings settings,
            PublishedLevels published,
            StockWriter writer,
            StockListener listener) {
        this.wiring = wiring;
        this.settings = settings;
        this.published = published;
        this.writer = writer;
        this.listener = listener;
    }

    /** Step: hands the level to the shop's lane. */
    public void offer(@Header("weirConnection") String connectionId, @Body String message) {
        StockLane lane = lanes.get(UUID.fromString(connectionId));
        JsonNode event = Json.read(message);
        if (lane != null && isStock(event)) {
            lane.offer(event.path("brand").asText(), level(event));
        }
    }

    /** Step: hands the level, or that a place in line was served, to whoever shows it. */
    public void show(@Body String message) {
        JsonNode event = Json.read(message);
        if (isStock(event)) {
            listener.changed(event.path("brand").asText(), level(event), terms(event.path("payload")));
        } else if (event.path("type").asText().equals("WaitlistServed")) {
            JsonNode served = event.path("payload");
            listener.served(
                    UUID.fromString(served.path("showId").asText()),
                    new Sku(served.path("sku").asText()),
                    served.path("place").asLong());
        }
    }

    void open(Connection connection) {
        StockLane known = lanes.get(connection.id());
        if (known != null) {
            known.renew(connection);
        } else {
            lanes.put(connection.id(), new StockLane(wiring, settings, published, writer, connection));
        }
    }

    List<StockStanding> standings() {
        return lanes.values().stream().map(StockLane::standing).toList();
    }

    void resync(UUID connectionId) {
        StockLane lane = lanes.get(connectionId);
        if (lane != null) {
            lane.resync();
        }
    }

    /** Brings the shop's levels of these SKUs up to date, behind what is news. */
    void catchUp(UUID connectionId, List<Sku> skus) {
        StockLane lane = lanes.get(connectionId);
        if (lane != null) {
            lane.catchUp(skus);
        }
    }

    /** Does {@code work} while nobody else of this hub writes levels to the shop; IllegalStateException when the shop is not open here. */
    <T> T alone(UUID connectionId, Supplier<T> work) {
        StockLane lane = lanes.get(connectionId);
        if (lane == null) {
            throw new IllegalStateException(
                    "connection: " + connectionId + " (expected: one that is open and whose stock can be written)");
        }
        return lane.alone(work);
    }

    void close(UUID connectionId) {
        StockLane lane = lanes.remove(connectionId);
        if (lane != null) {
            lane.close();
        }
    }

    @Override
    public void close() {
        lanes.values().parallelStream().forEach(StockLane::close);
        lanes.clear();
    }

    private static boolean isStock(JsonNode event) {
        return event.path("type").asText().equals("StockChanged");
    }

    private static StockListener.Terms terms(JsonNode payload) {
        String shipsFrom = payload.path("shipsFrom").asText("");
        return new StockListener.Terms(
                payload.path("preOrder").asInt(),
                shipsFrom.isEmpty() ? null : LocalDate.parse(shipsFrom),
                payload.path("line").asBoolean());
    }

    private static StockLevel level(JsonNode event) {
        JsonNode payload = event.path("payload");
        return new StockLevel(
                new Sku(payload.path("sku").asText()),
                Math.max(0, payload.path("available").asInt()),
                payload.path("version").asLong());
    }
}
