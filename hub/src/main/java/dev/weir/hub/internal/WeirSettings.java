package dev.weir.hub.internal;

import dev.weir.routes.IntakeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
 * @param intake what becomes of platforms' deliveries while the database is away, and how long they are kept
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
        @DefaultValue Intake intake,
        boolean allowPrivateAddresses,
        @DefaultValue Demo demo,
        @DefaultValue Routes routes) {
    /** Listening address and port of the RTMP server; port 1..65535. */
    public record Rtmp(String host, int port) {}

    /**
     * Deliveries of platforms.
     *
     * @param spool most bytes below {@code data/spool} that take deliveries in while the database is away, 1 MB..64 GB; 0: they are
     *     refused with 503 then, and the platforms send them again
     * @param kept how long a row is kept after its end, 7 d..10 y
     * @param personal how long its headers and body are, 1 h..{@code kept}
     */
    public record Intake(
            @DefaultValue("0B") DataSize spool,
            @DefaultValue("90d") Duration kept,
            @DefaultValue("30d") Duration personal) {
        /** As the routes take it, with the spool below {@code data}. */
        IntakeSettings settings(Path data) {
            IntakeSettings plain = new IntakeSettings(null, 0, kept, personal);
            return spool.toBytes() == 0 ? plain : plain.withSpool(data.resolve("spool"), spool.toBytes());
        }
    }

    /**
     * Sandbox and generated host; off unless the demo command switches it on.
     *
     * @param shelves how many times the usual units of each product the shops begin with, 1..1000; more than 1 for those who load the demo
     */
    public record Demo(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("true") boolean host,
            @DefaultValue("9080") int sandboxPort,
            @DefaultValue("1") int shelves) {
        public Demo {
            if (shelves < 1 || shelves > 1_000) {
                throw new IllegalArgumentException("weir.demo.shelves: " + shelves + " (expected: 1..1000)");
            }
        }
    }

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
