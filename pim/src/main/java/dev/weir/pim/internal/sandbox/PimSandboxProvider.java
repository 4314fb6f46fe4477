package dev.weir.pim.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How is the product system's stand-in found? */
public final class PimSandboxProvider implements SandboxProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PimSandboxProvider() {}

    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new PimSandbox(store, clock);
    }
}
