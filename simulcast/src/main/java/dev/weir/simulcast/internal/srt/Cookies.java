package dev.weir.simulcast.internal.srt;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Does a caller really have the address it sends from? It is given a number made from the address, and nothing is kept
 * of it until it sends the number back (draft-sharabayko-srt-01, section 4.3.1.1). Thread-safe.
 */
final class Cookies {

    private static final String HASH = "HmacSHA256";
    /** A cookie is good for one to two of these. */
    private static final long TERM_NANOS = 60_000_000_000L;

    private final SecretKeySpec secret;

    Cookies() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        secret = new SecretKeySpec(random, HASH);
    }

    int of(InetSocketAddress caller) {
        return of(caller, term());
    }

    boolean isFrom(InetSocketAddress caller, int cookie) {
        long term = term();
        return cookie == of(caller, term) || cookie == of(caller, term - 1);
    }

    private static long term() {
        return Math.floorDiv(System.nanoTime(), TERM_NANOS);
    }

    private int of(InetSocketAddress caller, long term) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(secret);
            mac.update(caller.getAddress().getAddress());
            mac.update(ByteBuffer.allocate(12)
                    .putInt(caller.getPort())
                    .putLong(term)
                    .flip());
            return ByteBuffer.wrap(mac.doFinal()).getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HASH + ": absent (expected: part of every JDK)", e);
        }
    }
}
