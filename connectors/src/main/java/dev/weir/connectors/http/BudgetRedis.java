package dev.weir.connectors.http;

import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis (6.2 or newer) holds what all hubs share?
 *
 * @param seeds where to begin; 1 for a single server, 1 or more for a cluster
 * @param authority file of certificates to trust (PEM), or null for the JVM's
 */
public record BudgetRedis(
        List<RedisURI> seeds, boolean cluster, @Nullable Path authority) {
    /** Copies the seeds. */
    public BudgetRedis {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || (seeds.size() > 1 && !cluster)) {
            throw new IllegalArgumentException("seeds: " + seeds.size() + " (expected: 1, or 1 or more of a cluster)");
        }
    }

    /** Says nothing of users and passwords. */
    @Override
    public String toString() {
        return "BudgetRedis[" + (cluster ? "cluster" : "one server") + "]";
    }
}
