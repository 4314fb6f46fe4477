package dev.weir.routes.internal;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How did a shop show each product when we looked first after sending it? The table {@code listing_seen}: platforms write titles and
 * pictures anew, so what a shop shows can only be held against what it showed. Thread-safe.
 */
final class SeenListings {
    /** A product that was sent since the last look is seen for the first time again. */
    private static final String NOTE = """
            insert into listing_seen as l (connection_id, sku, digest, at, run_id) values (?, ?, ?, ?, ?)
            on conflict (connection_id, sku) do update set run_id = excluded.run_id,
              digest = case when exists (select 1 from catalogue_sent s where s.connection_id = l.connection_id
                                         and s.sku = l.sku and s.sent_at > l.at) then excluded.digest else l.digest end,
              at = case when exists (select 1 from catalogue_sent s where s.connection_id = l.connection_id
                                     and s.sku = l.sku and s.sent_at > l.at) then excluded.at else l.at end""";

    private final JdbcClient jdbc;
    private final JdbcOperations batch;
    private final Clock clock;

    SeenListings(JdbcClient jdbc, JdbcOperations batch, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.clock = clock;
    }

    /** Notes that the run saw these; answers the digests of those that were otherwise when they were seen first. */
    Map<Sku, String> note(UUID connectionId, UUID run, List<Listing> listings) {
        Instant now = clock.instant();
        batch.batchUpdate(NOTE, listings, 500, (statement, listing) -> {
            statement.setObject(1, connectionId);
            statement.setString(2, listing.sku().value());
            statement.setString(3, digest(listing));
            statement.setObject(4, Sql.at(now));
            statement.setObject(5, run);
        });
        Map<Sku, String> first = new HashMap<>();
        jdbc.sql("select sku, digest from listing_seen where connection_id = :id and sku = any(:skus)")
                .param("id", connectionId)
                .param("skus", Sql.skus(listings.stream().map(Listing::sku).toList()))
                .query((row, n) -> Map.entry(new Sku(row.getString("sku")), row.getString("digest")))
                .list()
                .forEach(entry -> first.put(entry.getKey(), entry.getValue()));
        listings.forEach(listing -> first.remove(listing.sku(), digest(listing)));
        return first;
    }

    /**
     * Those of {@code skus} that the run did not see; {@code mustBeSent}: and that the shop took from us long enough ago to show them.
     */
    Set<Sku> absent(UUID connectionId, UUID run, Collection<Sku> skus, boolean mustBeSent) {
        if (skus.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        select one.sku from unnest(:skus) as one (sku)
                        where not exists (select 1 from listing_seen l
                                          where l.connection_id = :id and l.sku = one.sku and l.run_id = :run)
                          and (not :sent or exists (select 1 from catalogue_sent s where s.connection_id = :id
                                                    and s.sku = one.sku and s.reason is null and s.sent_at < :settled))""")
                .param("skus", Sql.skus(skus))
                .param("id", connectionId)
                .param("run", run)
                .param("sent", mustBeSent)
                .param("settled", Sql.at(clock.instant().minus(SentListings.SETTLED)))
                .query((row, n) -> new Sku(row.getString("sku")))
                .list());
    }

    private static String digest(Listing listing) {
        return SentListings.digest(listing.title() + "\n" + listing.price());
    }
}
