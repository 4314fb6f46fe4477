package dev.weir.connectors;

import java.util.List;

/** How are the platform's pushes told from forgeries, and what do they say? */
public interface OrderWebhook {
    /** Checks the signature over the raw bytes in constant time; parses nothing before it is proven. */
    WebhookVerdict verify(RawWebhook webhook);

    /** What an authentic delivery says; a body that cannot be understood throws {@link Fault#REJECTED} (it is parked). */
    List<ChannelEvent> read(RawWebhook webhook);

    /** The order as the platform states it now, for {@link ChannelEvent.OrderTouched}; throws {@link Fault#NOT_FOUND}. */
    Order fetch(String externalId);
}
