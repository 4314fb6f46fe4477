package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.CatalogueImport.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was each shop that follows us last sent of a product, and did it take it? Thread-safe. */
final class SentListings {
    /** What a shop refused may have been mended there, or here in a setting. */
    static final Duration TRY_AGAIN = Duration.ofHours(1);

    /** A shop's search and its stock may not know yet what its catalogue took. */
    static final Duration SETTLED = Duration.ofMinutes(10);

    private static final String PUT = """
            insert into catalogue_sent (connection_id, sku, digest, sent_at, reason) values (?, ?, ?, ?, ?)
            on conflict (connection_id, sku) do update
            set digest = excluded.digest, sent_at = excluded.sent_at, reason = excluded.reason""";

    private final JdbcClient jdbc;
    private final JdbcOperations batch;
    private final Clock clock;

    SentListings(JdbcClient jdbc, JdbcOperations batch, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.clock = clock;
    }

    /** What a shop was sent; {@code reason} is null when it took it. */
    private record Sent(String digest, Instant at, @Nullable String reason) {}

    /** Those of {@code products} that the shop must be sent: changed since, never sent, not {@code listed}, or refused long ago. */
    List<Product> due(UUID connectionId, List<Product> products, Collection<Sku> listed) {
        Map<Sku, Sent> sent = sent(connectionId, products);
        Instant longAgo = clock.instant().minus(TRY_AGAIN);
        return products.stream()
                .filter(product -> {
                    Sent last = sent.get(product.sku());
                    if (last == null || !last.digest().equals(digest(product))) {
                        return true;
                    }
                    return last.reason() == null
                            ? !listed.contains(product.sku())
                            : last.at().isBefore(longAgo);
                })
                .toList();
    }

    private Map<Sku, Sent> sent(UUID connectionId, List<Product> products) {
        Map<Sku, Sent> sent = new HashMap<>();
        jdbc.sql(
                        "select sku, digest, sent_at, reason from catalogue_sent where connection_id = :id and sku = any(:skus)")
                .param("id", connectionId)
                .param("skus", Sql.skus(products.stream().map(Product::sku).toList()))
                .query((row, n) -> Map.entry(
                        new Sku(row.getString("sku")),
                        new Sent(row.getString("digest"), Sql.instant(row, "sent_at"), row.getString("reason"))))
                .list()
                .forEach(entry -> sent.put(entry.getKey(), entry.getValue()));
        return sent;
    }

    /** The shop was sent {@code products}, and took all but those {@code refused}. */
    void note(UUID connectionId, Collection<Product> products, Map<Sku, ChannelException> refused) {
        Instant now = clock.instant();
        batch.batchUpdate(PUT, products, 500, (statement, product) -> {
            ChannelException refusal = refused.get(product.sku());
            statement.setObject(1, connectionId);
            statement.setString(2, product.sku().value());
            statement.setString(3, digest(product));
            statement.setObject(4, Sql.at(now));
            statement.setString(5, refusal == null ? null : Sql.cut(FaultPolicy.reason(refusal), 500));
        });
    }

    /** Everything is to be sent again. */
    void forget(UUID connectionId) {
        jdbc.sql("delete from catalogue_sent where connection_id = :id")
                .param("id", connectionId)
                .update();
    }

    /** The shop does not know these any more, unless they were sent a moment ago. */
    void forget(UUID connectionId, Collection<Sku> skus) {
        jdbc.sql("delete from catalogue_sent where connection_id = :id and sku = any(:skus) and sent_at < :before")
                .param("id", connectionId)
                .param("skus", Sql.skus(skus))
                .param("before", Sql.at(clock.instant().minus(SETTLED)))
                .update();
    }

    List<Refusal> refusals(UUID connectionId, int limit) {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1..500)");
        }
        return jdbc.sql("""
                        select sku, reason, sent_at from catalogue_sent
                        where connection_id = :id and reason is not null order by sku limit :limit""")
                .param("id", connectionId)
                .param("limit", limit)
                .query((row, n) -> new Refusal(
                        new Sku(row.getString("sku")), row.getString("reason"), Sql.instant(row, "sent_at")))
                .list();
    }

    /** Of all that a shop shows of a product but its stock. */
    private static String digest(Product product) {
        return digest(product.title() + "\n" + product.price() + "\n" + product.imageUrl());
    }

    /** Of any text. */
    static String digest(String shown) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
