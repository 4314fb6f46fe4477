package dev.weir.reservation;

import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis is asked, and is it one server or a cluster? Written as one address:
 *
 * <ul>
 *   <li>{@code redis://[user:password@]host:6379[/database]}: one server; {@code redis-sentinel://a,b,c/0#name} finds it;
 *   <li>{@code redis+cluster://[user:password@]host:6379,host:6379}: a cluster, found through any of these nodes.
 * </ul>
 *
 * {@code rediss} instead of {@code redis} speaks TLS and checks the server's certificate and name; {@code ?ca=FILE} names the
 * certificates to trust (PEM) when the JVM's own do not do. Users and passwords are percent-encoded. Immutable.
 *
 * @param seeds where to begin; 1 for a single server, 1..16 for a cluster
 * @param authority file of certificates to trust, or null for the JVM's
 */
public record RedisAddress(
        List<RedisURI> seeds, boolean cluster, @Nullable Path authority) {
    private static final int MOST_SEEDS = 16;
    private static final String CLUSTER = "+cluster";
    private static final String CA = "ca=";

    /** Refuses an empty or long list of seeds. */
    public RedisAddress {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || seeds.size() > (cluster ? MOST_SEEDS : 1)) {
            throw new IllegalArgumentException("redis: " + seeds.size() + " seeds (expected: 1 for a single server, 1.."
                    + MOST_SEEDS + " for a cluster)");
        }
    }

    /**
     * Reads an address as written above.
     *
     * @throws IllegalArgumentException when it is none; the message never holds the password
     */
    public static RedisAddress parse(String text) {
        int colon = text.indexOf("://");
        int question = text.indexOf('?');
        if (colon < 1 || (question >= 0 && question < colon)) {
            throw new IllegalArgumentException("redis: an address without a scheme (expected: redis://host:6379)");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String query = question < 0 ? "" : text.substring(question + 1);
        String place = text.substring(colon + 3, question < 0 ? text.length() : question);
        Path authority = authority(query);
        String settings = Arrays.stream(query.split("&"))
                .filter(setting -> !setting.isEmpty() && !setting.startsWith(CA))
                .collect(Collectors.joining("&"));
        String tail = settings.isEmpty() ? "" : "?" + settings;
        if (!scheme.endsWith(CLUSTER)) {
            return new RedisAddress(List.of(seed(scheme + "://" + place + tail)), false, authority);
        }
        String single = scheme.substring(0, scheme.length() - CLUSTER.length());
        return new RedisAddress(seeds(single, place, tail), true, authority);
    }

    private static @Nullable Path authority(String query) {
        return Arrays.stream(query.split("&"))
                .filter(setting -> setting.startsWith(CA))
                .map(setting -> Path.of(setting.substring(CA.length())))
                .findFirst()
                .orElse(null);
    }

    private static List<RedisURI> seeds(String scheme, String place, String tail) {
        int at = place.lastIndexOf('@') + 1;
        String user = place.substring(0, at);
        String hosts = place.substring(at);
        if (hosts.indexOf('/') >= 0) {
            throw new IllegalArgumentException("redis: " + hosts + " (expected: no database, a cluster has only one)");
        }
        List<RedisURI> seeds = new ArrayList<>();
        for (String host : hosts.split(",")) {
            seeds.add(seed(scheme + "://" + user + host.strip() + tail));
        }
        return seeds;
    }

    private static RedisURI seed(String text) {
        try {
            return RedisURI.create(text);
        } catch (IllegalArgumentException e) {
            // Neither the text nor the cause: both hold the password.
            String shown = text.substring(text.lastIndexOf('@') + 1);
            throw new IllegalArgumentException(
                    "redis: …" + shown + " (expected: redis[s]://[user:password@]host:6379)");
        }
    }

    /** Where it is, without user, password and settings. */
    @Override
    public String toString() {
        return (cluster ? "redis cluster " : "redis ")
                + seeds.stream()
                        .map(seed -> seed.getHost() == null ? "by sentinels" : seed.getHost() + ":" + seed.getPort())
                        .collect(Collectors.joining(","));
    }
}
