package dev.weir.connectors;

/**
 * How does the hub find a channel folder it does not name? A {@link java.util.ServiceLoader} service: one line in
 * {@code META-INF/services} of the folder's jar, a public no-argument constructor.
 */
public interface ChannelProvider {
    /** The channel, calling its platform through {@code kit}. */
    Channel create(ChannelKit kit);
}
