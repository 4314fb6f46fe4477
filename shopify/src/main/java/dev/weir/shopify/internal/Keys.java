package dev.weir.shopify.internal;

import dev.weir.connectors.Connection;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Which idempotency key does a command have? The same for every try of it, by whichever hub, and for no other command. */
final class Keys {
    private Keys() {}

    /**
     * The key of {@code command} of one connection; {@code generation} grows when Shopify has spent the earlier key on a failure.
     */
    static String of(Connection connection, String command, int generation) {
        String text = connection.id() + "\n" + command + "\n" + generation;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
