package dev.weir.connectors.sandbox;

import java.time.Clock;

/** How is a platform's stand-in found? A {@link java.util.ServiceLoader} service with a public no-argument constructor. */
public interface SandboxProvider {
    /** The stand-in, keeping its state in {@code store}. */
    SandboxPlatform create(SandboxStore store, Clock clock);
}
