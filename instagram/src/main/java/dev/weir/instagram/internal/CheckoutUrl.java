package dev.weir.instagram.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.CheckoutLink;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What did a buyer want who comes from Meta? {@code products=ID:QTY,ID:QTY}, an optional {@code coupon}, and what tells
 * where they came from. At most 20 items of 1 to 99 units; an id named twice counts together. A click id ({@code fbclid})
 * also leaves as {@code fbc}, which holds when it was clicked: Meta asks for it with the purchase.
 */
public final class CheckoutUrl implements CheckoutLink {
    private static final int MOST_ITEMS = 20;
    private static final int MOST_UNITS = 99;
    private static final int MOST_FACTS = 20;
    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_FACT = 500;

    /** Before the rest, so that many campaign parameters cannot crowd them out. */
    private static final List<String> KNOWN = List.of("coupon", "fbclid", "fbc", "fbp", "cart_origin");

    /** Identifiers: worthless when cut. */
    private static final Set<String> WHOLE = Set.of("fbclid", "fbc", "fbp", "coupon");

    private final Clock clock;

    /** The parser; {@code clock} tells when a link was followed. */
    public CheckoutUrl(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Landing parse(Map<String, String> query) {
        String products = decoded(query.getOrDefault("products", ""));
        if (products.length() > MAX_LENGTH) {
            throw rejected("products: " + products.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        Map<Sku, Integer> units = new LinkedHashMap<>();
        for (String part : products.split(",", -1)) {
            if (!part.isBlank()) {
                add(part.strip(), units);
            }
        }
        if (units.isEmpty() || units.size() > MOST_ITEMS) {
            throw rejected("products: " + units.size() + " items (expected: 1.." + MOST_ITEMS + ", as id:quantity,…)");
        }
        List<Item> items = new ArrayList<>();
        units.forEach((sku, quantity) -> items.add(new Item(sku, quantity)));
        return new Landing(items, campaign(query));
    }

    private static void add(String part, Map<Sku, Integer> units) {
        int colon = part.lastIndexOf(':');
        if (colon < 1) {
            throw rejected("products: " + part + " (expected: id:quantity)");
        }
        int quantity = quantity(part, part.substring(colon + 1).strip());
        Sku sku;
        try {
            sku = new Sku(part.substring(0, colon).strip());
        } catch (IllegalArgumentException e) {
            throw new ChannelException(Fault.REJECTED, "products: " + e.getMessage(), null, e);
        }
        int sum = units.getOrDefault(sku, 0) + quantity;
        if (sum > MOST_UNITS) {
            throw rejected("quantity: " + sum + " (expected: 1.." + MOST_UNITS + ") for sku " + sku);
        }
        units.put(sku, sum);
    }

    private static int quantity(String part, String text) {
        try {
            int quantity = Integer.parseInt(text);
            if (quantity >= 1 && quantity <= MOST_UNITS) {
                return quantity;
            }
        } catch (NumberFormatException e) {
            throw new ChannelException(
                    Fault.REJECTED, "quantity: " + text + " (expected: 1.." + MOST_UNITS + ") in " + part, null, e);
        }
        throw rejected("quantity: " + text + " (expected: 1.." + MOST_UNITS + ") in " + part);
    }

    private Map<String, String> campaign(Map<String, String> query) {
        Map<String, String> facts = new LinkedHashMap<>();
        KNOWN.forEach(name -> keep(name, query.getOrDefault(name, ""), facts));
        query.forEach((name, value) -> {
            if (name.startsWith("utm_") && name.length() <= 40 && facts.size() < MOST_FACTS) {
                keep(name, value, facts);
            }
        });
        String click = facts.get("fbclid");
        if (click != null) {
            facts.putIfAbsent("fbc", BuyerFacts.fbc(click, clock.instant()));
        }
        return facts;
    }

    private static void keep(String name, String value, Map<String, String> facts) {
        boolean fits = value.length() <= MAX_FACT;
        if (!value.isBlank() && (fits || !WHOLE.contains(name))) {
            facts.put(name, fits ? value : value.substring(0, MAX_FACT));
        }
    }

    /** Decodes once where nobody has: no separator in clear, but an encoded one. A plus sign is part of a SKU. */
    private static String decoded(String products) {
        boolean encoded =
                !products.contains(":") && products.toUpperCase(Locale.ROOT).contains("%3A");
        if (!encoded) {
            return products;
        }
        try {
            return URLDecoder.decode(products.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ChannelException(
                    Fault.REJECTED, "products: " + products + " (expected: percent-encoded UTF-8)", null, e);
        }
    }

    private static ChannelException rejected(String message) {
        return new ChannelException(Fault.REJECTED, message);
    }
}
