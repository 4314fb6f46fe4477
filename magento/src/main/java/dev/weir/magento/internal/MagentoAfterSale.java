package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.AfterSalePoll;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Money;
import dev.weir.connectors.Refund;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which goods did the shop's people send, and which money did they give back? Shipments and credit memos by their own {@code updated_at}:
 * that of their order does not move for all of it. Those that carry our mark are ours. A memo does not say whether units went back on
 * sale, so it brings back none; the comparison of stock finds them.
 */
public final class MagentoAfterSale implements AfterSalePoll {
    private static final Logger LOG = LoggerFactory.getLogger(MagentoAfterSale.class);
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 50;

    /** A memo's state: the money is marked as gone. */
    private static final int REFUNDED = 2;

    private final MagentoClient client;
    private final Mappings mappings;
    private final Clock clock;

    /** The after-sale of one shop. */
    public MagentoAfterSale(MagentoClient client, Mappings mappings, Clock clock) {
        this.client = client;
        this.mappings = mappings;
        this.clock = clock;
    }

    @Override
    public Instant readSince(Instant since, Consumer<ChannelEvent> each) {
        Instant now = clock.instant();
        Instant shipments = read(Noted.shipments(client), since, now, this::shipment, each);
        Instant memos = read(Noted.creditMemos(client), since, now, this::memo, each);
        return shipments.isBefore(memos) ? shipments : memos;
    }

    private Instant read(
            Noted documents,
            Instant since,
            Instant now,
            Function<ObjectNode, @Nullable ChannelEvent> meaning,
            Consumer<ChannelEvent> each) {
        String first = "";
        String last = MagentoOrders.time(since);
        for (int number = 1; number <= MOST_PAGES; number++) {
            JsonNode page = documents.list(new Search()
                    .where("updated_at", "gteq", MagentoOrders.time(since))
                    .ascending("updated_at")
                    .ascending("entity_id")
                    .page(PAGE, number));
            String begins = page.path("items").path(0).path("entity_id").asText();
            if (begins.equals(first)) {
                return now;
            }
            first = begins;
            for (JsonNode document : page.path("items")) {
                last = document.path("updated_at").asText(last);
                ChannelEvent event = documents.isOurs(document) ? null : read((ObjectNode) document, meaning);
                if (event != null) {
                    each.accept(event);
                }
            }
            if ((long) PAGE * number >= page.path("total_count").asLong()) {
                return now;
            }
        }
        return Instant.parse(last.replace(' ', 'T') + "Z");
    }

    /** One that does not fit must not hold up those behind it. */
    private @Nullable ChannelEvent read(ObjectNode document, Function<ObjectNode, @Nullable ChannelEvent> meaning) {
        try {
            return meaning.apply(document);
        } catch (ChannelException | IllegalArgumentException e) {
            LOG.warn(
                    "Document {} of order {} of connection {} left out: {}",
                    document.path("entity_id").asText(),
                    document.path("order_id").asText(),
                    client.connection().id(),
                    e.getMessage());
            return null;
        }
    }

    private ChannelEvent shipment(ObjectNode document) {
        String currency = MagentoShop.of(client).currency();
        document.put("currency", currency);
        for (JsonNode item : document.path("items")) {
            Amounts.round((ObjectNode) item, "price", currency);
        }
        return new ChannelEvent.ShipmentStated(
                document.path("order_id").asText(),
                Canonical.shipment(mappings.apply("magento", "shipment", document)));
    }

    private @Nullable ChannelEvent memo(ObjectNode document) {
        if (document.path("state").asInt(REFUNDED) != REFUNDED) {
            return null;
        }
        String currency = document.path("order_currency_code")
                .asText(MagentoShop.of(client).currency());
        Amounts.round(document, "grand_total", currency);
        return new ChannelEvent.RefundStated(new Refund(
                document.path("entity_id").asText(),
                document.path("order_id").asText(),
                Instant.parse(document.path("created_at").asText().replace(' ', 'T') + "Z"),
                List.of(),
                Money.of(document.path("grand_total").decimalValue().toPlainString(), currency)));
    }
}
