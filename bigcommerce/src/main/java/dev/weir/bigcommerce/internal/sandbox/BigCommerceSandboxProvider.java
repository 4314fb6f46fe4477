package dev.weir.bigcommerce.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How is BigCommerce's stand-in found? */
public final class BigCommerceSandboxProvider implements SandboxProvider {
    /** For {@link java.util.ServiceLoader}. */
    public BigCommerceSandboxProvider() {}

    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new BigCommerceSandbox(store, clock);
    }
}
