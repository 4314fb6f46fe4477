package dev.weir.connectors;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is a shop platform to the hub? The SPI that each channel folder implements once; found by
 * {@link java.util.ServiceLoader}, with {@link ChannelKit} handed in.
 *
 * <p>Each ability of {@link #capabilities()} has one port below. A port of an ability that was not declared throws a
 * {@link ChannelException} of {@link Fault#UNSUPPORTED} in fixed words. Ports do no I/O until called and are thread-safe.
 */
public interface Channel {
    /** The channel's name in paths and tables, such as {@code tiktok-shop}. */
    String name();

    /** What people call it, such as {@code TikTok Shop}. */
    String title();

    /** What it can do. */
    Set<Capability> capabilities();

    /** What the operator enters to connect a shop, in the order to ask for it. */
    List<Setting> settings();

    /** Asks the platform whether the connection works; never throws for a platform's answer. */
    Check check(Connection connection);

    /** Port of {@link Capability#CATALOGUE_READ}. */
    default CatalogueRead catalogueRead(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.CATALOGUE_READ);
    }

    /** Port of {@link Capability#CATALOGUE_WRITE}. */
    default CatalogueWrite catalogueWrite(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.CATALOGUE_WRITE);
    }

    /** Port of {@link Capability#STOCK_READ}. */
    default StockRead stockRead(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.STOCK_READ);
    }

    /** Port of {@link Capability#STOCK_WRITE}. */
    default StockWrite stockWrite(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.STOCK_WRITE);
    }

    /** Port of {@link Capability#ORDER_WEBHOOK}. */
    default OrderWebhook orderWebhook(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.ORDER_WEBHOOK);
    }

    /** Port of {@link Capability#ORDER_POLL}. */
    default OrderPoll orderPoll(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.ORDER_POLL);
    }

    /** Port of {@link Capability#ORDER_PUSH}. */
    default OrderPush orderPush(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.ORDER_PUSH);
    }

    /** Which orders of the connection go on to the brand's own shop: none, unless the channel knows better. */
    default HandOver handOver(Connection connection) {
        return HandOver.NO;
    }

    /** Port of {@link Capability#ORDER_CANCEL}. */
    default OrderCancel orderCancel(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.ORDER_CANCEL);
    }

    /** What {@link #orderCancel} would throw for want of the ability: empty when the channel has it. */
    default Optional<String> refusalToCancel() {
        return capabilities().contains(Capability.ORDER_CANCEL)
                ? Optional.empty()
                : Optional.of(ChannelException.unsupportedWords(name(), Capability.ORDER_CANCEL));
    }

    /** Port of {@link Capability#CHECKOUT_LINK}. */
    default CheckoutLink checkoutLink(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.CHECKOUT_LINK);
    }

    /** Port of {@link Capability#CATALOGUE_CHANGES}. */
    default CatalogueChanges catalogueChanges(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.CATALOGUE_CHANGES);
    }

    /** Port of {@link Capability#PRICE_WRITE}. */
    default PriceWrite priceWrite(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.PRICE_WRITE);
    }

    /** Port of {@link Capability#ORDER_REFUND}. */
    default OrderRefund orderRefund(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.ORDER_REFUND);
    }

    /** Port of {@link Capability#FULFILMENT}. */
    default Fulfilment fulfilment(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.FULFILMENT);
    }

    /** Port of {@link Capability#AFTER_SALE_POLL}. */
    default AfterSalePoll afterSalePoll(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.AFTER_SALE_POLL);
    }

    /** Port of {@link Capability#BACKEND_HOLD}. */
    default BackendHold backendHold(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.BACKEND_HOLD);
    }

    /** Port of {@link Capability#LIVE_DESTINATION}. */
    default LiveDestination liveDestination(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.LIVE_DESTINATION);
    }

    /** Port of {@link Capability#COMMENT_REPLY}. */
    default CommentReply commentReply(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.COMMENT_REPLY);
    }

    /** Port of {@link Capability#CONVERSIONS}. */
    default Conversions conversions(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.CONVERSIONS);
    }

    /** Port of {@link Capability#SETTLEMENT}. */
    default Settlements settlements(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.SETTLEMENT);
    }

    /** Port of {@link Capability#WEBHOOK_SUBSCRIPTION}. */
    default WebhookSubscriptions webhookSubscriptions(Connection connection) {
        throw ChannelException.unsupported(name(), Capability.WEBHOOK_SUBSCRIPTION);
    }

    /** Port of {@link Capability#CONSENT}; of a channel, because there is no connection before the grant. */
    default Consent consent() {
        throw ChannelException.unsupported(name(), Capability.CONSENT);
    }
}
