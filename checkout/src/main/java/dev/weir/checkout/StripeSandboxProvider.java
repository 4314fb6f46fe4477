package dev.weir.checkout;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How does the sandbox find the stand-in for Stripe? */
public final class StripeSandboxProvider implements SandboxProvider {
    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new StripeSandbox(store, clock);
    }
}
