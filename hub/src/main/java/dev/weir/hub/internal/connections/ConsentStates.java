package dev.weir.hub.internal.connections;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose consent comes back with a browser? A state of 32 random bytes goes out with the operator and is good for one return within ten
 * minutes, in the browser that it began in: that one has a cookie, so an operator who is sent a stranger's link lets no stranger in.
 */
final class ConsentStates {
    /** How long the operator may take at the platform. */
    static final Duration LASTS = Duration.ofMinutes(10);

    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    ConsentStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What begins: {@code browser} is for the cookie of that name. */
    record Begun(String state, String cookie, String browser, Instant endsAt) {
        /** Both are secrets. */
        @Override
        public String toString() {
            return "Begun[until " + endsAt + "]";
        }
    }

    /** What a returning state turned out to be. */
    sealed interface Returned {
        /** Good, and used up now. */
        record Good(UUID connectionId, String brand) implements Returned {}

        /** Not: {@code word} says why, as an address of the operator's page. */
        record Bad(String word) implements Returned {}
    }

    Begun begin(UUID connectionId, String brand, Instant now) {
        String state = secret();
        String browser = secret();
        Instant endsAt = now.plus(LASTS);
        jdbc.sql("delete from connection_consent where ends_at < ?")
                .param(at(now.minus(REMEMBERED)))
                .update();
        jdbc.sql("insert into connection_consent (state_hash, browser_hash, connection_id, brand, ends_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(hash(state), hash(browser), connectionId, brand, at(endsAt))
                .update();
        return new Begun(state, cookie(state), browser, endsAt);
    }

    /** Uses {@code state} up, whoever brings it: one that went through other hands is good for nobody. */
    Returned take(@Nullable String state, @Nullable String browser, Instant now) {
        if (state == null || state.length() > 2 * BYTES) {
            return new Returned.Bad("consent-unknown");
        }
        Optional<Row> unused = jdbc.sql("update connection_consent set used_at = ? where state_hash = ?"
                        + " and used_at is null returning browser_hash, connection_id, brand, ends_at")
                .params(at(now), hash(state))
                .query((row, n) -> new Row(
                        row.getBytes(1),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .optional();
        if (unused.isEmpty()) {
            return new Returned.Bad(known(state) ? "consent-used" : "consent-unknown");
        }
        Row row = unused.get();
        if (!row.endsAt().isAfter(now)) {
            return new Returned.Bad("consent-late");
        }
        if (browser == null || !MessageDigest.isEqual(hash(browser), row.browser())) {
            return new Returned.Bad("consent-elsewhere");
        }
        return new Returned.Good(row.connectionId(), row.brand());
    }

    /** The cookie that goes with {@code state}; several consents may be under way in one browser. */
    static String cookie(String state) {
        return "weir_consent_" + encoded(hash(state)).substring(0, 12);
    }

    private boolean known(String state) {
        return jdbc.sql("select exists (select 1 from connection_consent where state_hash = ?)")
                .param(hash(state))
                .query(Boolean.class)
                .single();
    }

    private String secret() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return encoded(bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private record Row(byte[] browser, UUID connectionId, String brand, Instant endsAt) {}
}
