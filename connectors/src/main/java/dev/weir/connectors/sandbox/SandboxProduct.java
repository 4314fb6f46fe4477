package dev.weir.connectors.sandbox;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.net.URI;

/** What does a demo brand put on the shelves? */
public record SandboxProduct(Sku sku, String title, Money price, URI imageUrl, int onHand) {}
