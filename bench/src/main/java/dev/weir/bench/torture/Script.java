package dev.weir.bench.torture;

import dev.weir.connectors.Sku;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens at the shops? The same for the calm pass and the tortured one.
 *
 * @param webhooks in the order in which they come to be
 * @param unheard sales at Magento, which pushes nothing and is asked
 */
record Script(List<Webhook> webhooks, List<Purchase> unheard) {
    Script {
        webhooks = List.copyOf(webhooks);
        unheard = List.copyOf(unheard);
    }

    /** One shopper's. */
    record Purchase(Sku sku, int quantity) {}

    /** How many webhooks each channel pushes. */
    Map<String, Long> byChannel() {
        Map<String, Long> counts = new TreeMap<>();
        webhooks.forEach(webhook -> counts.merge(webhook.channel(), 1L, Long::sum));
        return counts;
    }
}
