package dev.weir.connectors;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How are the platform's pushes told from forgeries, and what do they say? */
public interface OrderWebhook {
    /** Checks the signature over the raw bytes in constant time; parses nothing before it is proven. */
    WebhookVerdict verify(RawWebhook webhook);

    /** What an authentic delivery says; a body that cannot be understood throws {@link Fault#REJECTED} (it is a dead letter). */
    List<ChannelEvent> read(RawWebhook webhook);

    /** The order as the platform states it now, for {@link ChannelEvent.OrderTouched}; throws {@link Fault#NOT_FOUND}. */
    Order fetch(String externalId);

    /**
     * What to answer, as plain text, when the platform asks by GET whether the address is ours (Meta does before it pushes).
     *
     * @param query of the request, decoded
     * @return empty when it did not prove that it is the platform (answer 403), or never asks
     */
    default Optional<String> handshake(Map<String, String> query) {
        return Optional.empty();
    }
}
