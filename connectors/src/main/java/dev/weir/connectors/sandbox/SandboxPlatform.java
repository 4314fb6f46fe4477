package dev.weir.connectors.sandbox;

import dev.weir.connectors.Sku;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a platform: keeps its stock and orders, and refuses a wrong signature, token or version as the
 * platform refuses it? One per channel folder, found by {@link java.util.ServiceLoader} through {@link SandboxProvider}.
 *
 * <p>Which request means what is data: stubs in {@code mappings/<channel>/stubs/*.json} match it and name the operation.
 * Thread-safe.
 */
public interface SandboxPlatform {
    /** The channel it stands in for; its base address is {@code <sandboxUrl>/<channel>}. */
    String channel();

    /** Settings with which a connection reaches it, for a sandbox that answers at {@code baseUrl}. */
    Map<String, String> settings(URI baseUrl);

    /** Puts {@code products} on its shelves, where there are none of that SKU yet. */
    void seed(List<SandboxProduct> products);

    /** Carries out {@code operation}, as named by the stub that matched. */
    SandboxAnswer answer(String operation, SandboxRequest request);

    /** A shopper buys there: its stock falls, and it says so to the hub. Throws IllegalArgumentException for bad input. */
    Sale buy(Sku sku, int quantity);

    /** Units it would sell now, by SKU. */
    Map<Sku, Integer> stock();

    /** Somebody sets the number that it sells from, past the hub; throws IllegalArgumentException for bad input. */
    default void set(Sku sku, int units) {
        throw new IllegalArgumentException(channel() + ": numbers cannot be set by hand (expected: shopify)");
    }

    /** Its orders, oldest first, as JSON text of the platform's own shape. */
    List<String> orders();

    /** The goods of that order leave the house; for platforms whose orders can be called off. */
    default void ship(String orderId) {
        throw new UnsupportedOperationException(channel() + ": orders cannot be shipped (expected: with ORDER_CANCEL)");
    }

    /**
     * The merchant calls that order off, in the platform's own pages; throws IllegalArgumentException when it cannot be. For platforms
     * that orders are handed over to.
     */
    default void callOff(String orderId) {
        throw new IllegalArgumentException(channel() + ": orders cannot be called off (expected: shopify or magento)");
    }

    /** How often that order was called off: 0 or 1, unless somebody broke a promise. */
    default int cancellations(String orderId) {
        throw new UnsupportedOperationException(
                channel() + ": orders cannot be called off (expected: with ORDER_CANCEL)");
    }

    /** How many calls it refused because there were too many of them; for platforms that count. */
    default int tooMany() {
        throw new UnsupportedOperationException(
                channel() + ": calls are not counted (expected: with a quota by calls)");
    }

    /** How can this platform be as bad as the real one is in a bad hour? */
    default List<Quirk> quirks() {
        return List.of();
    }

    /** Turns {@code quirk} on or off; throws IllegalArgumentException for one that it does not have. */
    default void flip(String quirk, boolean on) {
        throw new IllegalArgumentException("quirk: " + quirk + " (expected: one of " + channel() + "'s)");
    }

    /** One way to misbehave: its name, what it does, and whether it does so now. */
    record Quirk(String name, String what, boolean on) {}

    /** Somebody comments under the platform's live; what it pushes now, which may be nothing yet or more than once. */
    default List<SandboxDelivery> comment(String author, String text) {
        throw new IllegalArgumentException(channel() + ": comments are not pushed (expected: a channel with lives)");
    }

    /** What people there were sent in private, oldest first, as JSON text of the platform's own shape. */
    default List<String> messages() {
        return List.of();
    }

    /** The order's id at the platform, and what is pushed to the hub; null where the platform does not push (Magento). */
    record Sale(String orderId, @Nullable SandboxDelivery delivery) {}

    /** Where it pushes what it says by itself, beside what {@link #buy} hands out; for platforms that push. */
    default void pushTo(Consumer<SandboxDelivery> courier) {}
}
