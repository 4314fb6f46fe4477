package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is one thing that a delivery of Meta says? A delivery carries up to 1,000, in three shapes: {@code changes} of an entry,
 * the flat {@code field} and {@code value} of Instagram's own login, and {@code messaging}.
 *
 * @param at when it was sent: a live comment carries no time of its own
 */
record Change(String account, String field, JsonNode value, Instant at) {
    private static final int MOST = 1_000;

    /** Seconds that do not come before the year 5138 are milliseconds. */
    private static final long MILLIS = 100_000_000_000L;

    /** Everything that {@code body} says; throws {@link Fault#REJECTED} where that is nothing, or more than Meta sends. */
    static List<Change> of(JsonNode body) {
        List<Change> all = new ArrayList<>();
        for (JsonNode entry : body.path("entry")) {
            String account = entry.path("id").asText();
            Instant at = instant(entry.path("time").asLong());
            entry.path("changes")
                    .forEach(change ->
                            all.add(new Change(account, change.path("field").asText(), change.path("value"), at)));
            if (entry.has("field")) {
                all.add(new Change(account, entry.path("field").asText(), entry.path("value"), at));
            }
            entry.path("messaging").forEach(message -> all.add(new Change(account, "messages", message, at)));
        }
        if (all.isEmpty() || all.size() > MOST) {
            throw new ChannelException(
                    Fault.REJECTED, "delivery: " + all.size() + " changes (expected: 1.." + MOST + " in its entries)");
        }
        return all;
    }

    /**
     * What tells a delivery from its repeats. Meta gives it no id, and may send the same changes at another time and in another
     * order: they are told by their fields and ids. Only changes without ids are told by the bytes.
     */
    static WebhookVerdict verdict(@Nullable JsonNode body, byte[] raw) {
        List<Change> all;
        try {
            all = body == null ? List.of() : of(body);
        } catch (ChannelException unreadable) {
            all = List.of();
        }
        if (all.isEmpty() || all.stream().anyMatch(change -> change.id().isEmpty())) {
            String id = "bytes/" + sha256(raw);
            return new WebhookVerdict.Authentic(
                    id, all.isEmpty() ? "unreadable" : all.getFirst().field(), id);
        }
        String names = all.stream()
                .map(change -> change.account + "/" + change.field + "/" + change.id())
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n"));
        String id = "changes/" + sha256(names.getBytes(StandardCharsets.UTF_8));
        List<String> media = all.stream().map(Change::media).distinct().toList();
        boolean one = media.size() == 1 && !media.getFirst().isEmpty();
        return new WebhookVerdict.Authentic(id, all.getFirst().field(), one ? media.getFirst() : id);
    }

    /** The event; what is not a comment under a live is ignored, with the reason. */
    ChannelEvent event() {
        boolean live = field.equals("live_comments")
                || (field.equals("comments")
                        && value.path("media")
                                .path("media_product_type")
                                .asText()
                                .equals("LIVE"));
        if (!live) {
            String product = value.path("media").path("media_product_type").asText();
            return new ChannelEvent.Ignored(
                    field + (product.isEmpty() ? "" : " under " + product) + ": only comments under a live are taken");
        }
        String text = value.path("text").asText();
        if (id().isEmpty() || media().isEmpty() || text.isBlank()) {
            return new ChannelEvent.Ignored(field + " without an id, a live or a text");
        }
        JsonNode from = value.path("from");
        String author = from.path("username").asText(from.path("id").asText("unknown"));
        return new ChannelEvent.CommentMade(id(), media(), author, text, at);
    }

    private String id() {
        String id = value.path("id").asText(value.path("comment_id").asText());
        return id.isEmpty() ? value.path("message").path("mid").asText() : id;
    }

    private String media() {
        return value.path("media").path("id").asText();
    }

    private static Instant instant(long time) {
        return time > MILLIS ? Instant.ofEpochMilli(time) : Instant.ofEpochSecond(time);
    }

    private static String sha256(byte[] bytes) {
        try {
            return Signatures.hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
