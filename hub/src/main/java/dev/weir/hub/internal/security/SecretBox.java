package dev.weir.hub.internal.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How do secrets lie at rest? AES-256-GCM with a fresh nonce each, the nonce in front. Thread-safe. */
public final class SecretBox {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** A box under {@code key}, 32 bytes. */
    public SecretBox(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("secretKey: " + key.length + " bytes (expected: 32)");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** The sealed form. */
    public byte[] seal(byte[] clear) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, clear, 0, clear.length);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /** What was sealed; IllegalStateException when it was sealed under another key or changed. */
    public byte[] open(byte[] sealed) {
        byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE);
        return run(Cipher.DECRYPT_MODE, nonce, sealed, NONCE, sealed.length - NONCE);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, int from, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, from, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret cannot be opened: was it sealed under another key?", e);
        }
    }
}
