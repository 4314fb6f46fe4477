package dev.weir.hub.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How is this hub set up? Keys below {@code weir.}; each has the environment name that Spring derives from it
 * ({@code WEIR_PUBLICURL}, …).
 *
 * @param data folder of embedded servers' data and of the sealing key
 * @param embedded which servers to bring along: of {@code postgres}, {@code redis}, {@code kafka}
 * @param publicUrl how viewers and platforms reach this hub, without a trailing slash; empty: the local address
 * @param brand the brand that a hub without any key begins with: {@code a-z 0-9 -}, at most 40 characters
 * @param redis address as {@link dev.weir.reservation.RedisAddress} reads it, of a server or a cluster; empty: holds go straight
 *     to the ledger
 * @param kafka bootstrap servers
 * @param rtmp where encoders publish
 * @param secretKey 32 bytes in Base64 that seal secrets at rest; empty: a key file below {@code data}, made at first start
 * @param consentNotice how long before a shop's grant ends its operator is told
 * @param allowPrivateAddresses whether targets and shops may stand on loopback or private addresses; only for demos
 */
@ConfigurationProperties("weir")
public record WeirSettings(
        Path data,
        @DefaultValue List<String> embedded,
        String publicUrl,
        String brand,
        String redis,
        String kafka,
        Rtmp rtmp,
        String secretKey,
        @DefaultValue("14d") Duration consentNotice,
        boolean allowPrivateAddresses,
        @DefaultValue Demo demo,
        @DefaultValue Routes routes) {
    /** Listening address and port of the RTMP server; port 1..65535. */
    public record Rtmp(String host, int port) {}

    /** Sandbox and generated host; off unless the demo command switches it on. */
    public record Demo(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("true") boolean host,
            @DefaultValue("9080") int sandboxPort) {}

    /**
     * How the routes are changed.
     *
     * @param brand whose ops may change them: routes are the house's, not a brand's; empty: {@link WeirSettings#brand}
     * @param twoPersons whether routes of orders and payments need a second key before a change comes into force
     */
    public record Routes(
            @DefaultValue("") String brand,
            @DefaultValue("true") boolean twoPersons) {}

    /** The brand whose ops may change routes. */
    public String routesBrand() {
        return routes.brand().isBlank() ? brand : routes.brand();
    }

    /** The base address for pages and webhooks, for a server that listens on {@code port}. */
    public URI baseUrl(int port) {
        return URI.create(publicUrl.isBlank() ? "http://localhost:" + port : publicUrl);
    }
}
