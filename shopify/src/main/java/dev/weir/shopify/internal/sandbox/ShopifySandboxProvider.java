package dev.weir.shopify.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How does the sandbox find Shopify's stand-in? */
public final class ShopifySandboxProvider implements SandboxProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ShopifySandboxProvider() {}

    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new ShopifySandbox(store, clock);
    }
}
