package dev.weir.tiktokshop.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How does the sandbox find TikTok Shop's stand-in? */
public final class TikTokShopSandboxProvider implements SandboxProvider {
    /** For {@link java.util.ServiceLoader}. */
    public TikTokShopSandboxProvider() {}

    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new TikTokShopSandbox(store, clock);
    }
}
