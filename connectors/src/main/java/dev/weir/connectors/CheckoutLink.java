package dev.weir.connectors;

import java.util.List;
import java.util.Map;

/** How does a buyer who taps "check out" at the platform land on our page? */
public interface CheckoutLink {
    /** Lines and campaign parameters out of the landing request's query; throws {@link Fault#REJECTED}. */
    Landing parse(Map<String, String> query);

    /** What the link asks for: quantities by SKU, and UTM parameters. */
    record Landing(List<Item> items, Map<String, String> campaign) {}

    /** One item asked for. */
    record Item(Sku sku, int quantity) {}
}
