package dev.weir.magento.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How is Magento's stand-in found? */
public final class MagentoSandboxProvider implements SandboxProvider {
    /** For {@link java.util.ServiceLoader}. */
    public MagentoSandboxProvider() {}

    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new MagentoSandbox(store, clock);
    }
}
