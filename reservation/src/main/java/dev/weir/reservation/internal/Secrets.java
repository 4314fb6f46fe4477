package dev.weir.reservation.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which id and which token does a hold have? Both follow from the server's secret, so that a repeated tap can be answered
 * again although only the token's hash is stored. Thread-safe.
 */
public final class Secrets {
    private static final int TOKEN_LENGTH = 43;

    private final SecretKeySpec key;

    /** {@code secret} of 16 bytes or more, the same on every hub. */
    public Secrets(byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException("secret: " + secret.length + " bytes (expected: 16 or more)");
        }
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** The id of the hold that {@code idempotencyKey} asks for: an RFC 9562 UUID of version 8. */
    UUID holdId(String brand, String idempotencyKey) {
        ByteBuffer bytes = ByteBuffer.wrap(mac("id\0" + brand.length() + "\0" + brand + "\0" + idempotencyKey));
        long high = (bytes.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
        long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** 256 bits as 43 URL-safe characters. */
    String token(UUID hold) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac("token\0" + hold));
    }

    static boolean looksLikeToken(String text) {
        return text.length() == TOKEN_LENGTH;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
