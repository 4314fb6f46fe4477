package dev.weir.live.internal;

import dev.weir.live.SecretSeal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What does an encoder prove itself with? 24 random bytes in URL-safe text, sealed and hashed at rest. */
final class StreamKeys {
    /** No key is longer; longer text is not worth hashing. */
    static final int MAX_LENGTH = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretSeal seal;

    StreamKeys(SecretSeal seal) {
        this.seal = seal;
    }

    /** A key in its three forms: shown, stored, looked up. */
    record Minted(String clear, byte[] sealed, byte[] hash) {}

    Minted mint() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String clear = "live_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Minted(clear, seal.seal(clear.getBytes(StandardCharsets.UTF_8)), hash(clear));
    }

    String open(byte[] sealed) {
        return new String(seal.open(sealed), StandardCharsets.UTF_8);
    }

    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every Java platform", e);
        }
    }
}
