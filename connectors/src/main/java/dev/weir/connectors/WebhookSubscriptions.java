package dev.weir.connectors;

import java.net.URI;
import java.util.List;

/** Does the platform still push to us, and where? Platforms drop subscriptions that failed for a while without a word. */
public interface WebhookSubscriptions {
    /** Subscribes to whatever is missing or points elsewhere, so that all of it goes to {@code address}; repeatable. */
    List<Subscription> heal(URI address);

    /**
     * @param topic the platform's own name
     * @param found what stood there before: as wanted, elsewhere, or not at all
     */
    record Subscription(String topic, Found found) {}

    /** What was found of a subscription. */
    enum Found {
        /** As wanted. */
        THERE,
        /** Pointed elsewhere; mended. */
        MOVED,
        /** Gone, or never made; made. */
        MISSING
    }
}
