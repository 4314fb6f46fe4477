package dev.weir.routes.internal;

import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.orders.OrderBook;
import dev.weir.orders.Shipments;
import dev.weir.routes.AccessNotices;
import dev.weir.routes.ChannelErrands;
import dev.weir.routes.ConnectionChores;
import dev.weir.routes.internal.InboxStore.Conclusion;
import dev.weir.routes.internal.InboxStore.Conclusion.State;
import java.util.Optional;

/** What do deliveries change that are not about an order's money or a level? Called inside the transaction that ends their row. */
final class NoticeEffects {
    private final Shipments shipments;
    private final ErrandRows errands;
    private final ChoreRows chores;
    private final PrivacyRows privacy;
    private final AccessNotices access;

    NoticeEffects(
            Shipments shipments, ErrandRows errands, ChoreRows chores, PrivacyRows privacy, AccessNotices access) {
        this.shipments = shipments;
        this.errands = errands;
        this.chores = chores;
        this.privacy = privacy;
        this.access = access;
    }

    /** Empty when it is our own, told back to us. */
    Optional<OrderBook.Intake> shipment(Connection connection, ChannelEvent.ShipmentStated stated) {
        return errands.gave(
                        ChannelErrands.Kind.SHIP,
                        connection.id(),
                        stated.shipment().externalId())
                ? Optional.empty()
                : Optional.of(shipments.state(connection.id(), stated.orderExternalId(), stated.shipment()));
    }

    /** Read soon, together with whatever else changed; empty when the channel cannot be asked what did. */
    Optional<Conclusion> catalogue(Connection connection, ChannelEvent.CatalogueTouched touched) {
        return chores.soon(connection.id(), ConnectionChores.Kind.CATALOGUE, CatalogueChanging.AFTER_TOUCH)
                ? Optional.of(processed("listing " + touched.externalId() + " changed: read within seconds"))
                : Optional.empty();
    }

    Conclusion access(Delivery delivery, Connection connection, ChannelEvent.AccessLapsing lapsing) {
        access.lapsing(connection.id(), lapsing.ends(), lapsing.reason(), delivery.receivedAt());
        return processed("the operator is told: " + lapsing.reason());
    }

    Conclusion privacy(Delivery delivery, Connection connection, ChannelEvent.PrivacyAsked asked) {
        boolean namesNobody = asked.kind() != ChannelEvent.PrivacyAsked.Kind.ERASE_SHOP
                && (asked.buyerEmail() == null || asked.buyerEmail().isBlank())
                && asked.orderExternalIds().isEmpty();
        return namesNobody
                ? new Conclusion(State.IGNORED, "privacy request that names nobody", null, null)
                : processed("privacy request, to be answered by " + privacy.add(delivery, connection, asked));
    }

    private static Conclusion processed(String reason) {
        return new Conclusion(State.PROCESSED, reason, null, null);
    }
}
