package dev.weir.instagram.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxProvider;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/** How is Instagram's stand-in found? */
public final class InstagramSandboxProvider implements SandboxProvider {
    /** For {@link java.util.ServiceLoader}. */
    public InstagramSandboxProvider() {}

    @Override
    public SandboxPlatform create(SandboxStore store, Clock clock) {
        return new InstagramSandbox(store, clock);
    }
}
