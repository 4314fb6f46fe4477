package dev.weir.connectors;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What does a shop say of one sellable thing?
 *
 * @param externalId the shop's own id of the variant; opaque, because some exceed 2^53 and some are URNs
 * @param stockRef the shop's own id of its stock record where that differs (Shopify's inventory item), else null
 * @param onHand units the shop says it has, 0 or more; null when the channel does not tell
 */
public record Listing(
        Sku sku,
        String title,
        Money price,
        @Nullable URI imageUrl,
        String externalId,
        @Nullable String stockRef,
        @Nullable Integer onHand) {}
