package dev.weir.instagram.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How does Meta want to be told about a buyer? Personal facts trimmed, in lower case and hashed; its own click and browser ids
 * in clear (developers.facebook.com, Conversions API, customer information parameters). Stateless.
 */
final class BuyerFacts {
    private BuyerFacts() {}

    /** A mail address, or any other fact that is only trimmed and put in lower case, as SHA-256 in lower-case hexadecimal. */
    static String hashed(String fact) {
        try {
            byte[] normalised = fact.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(normalised));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** The click id with the moment of the click, as Meta's own cookie holds it. */
    static String fbc(String fbclid, Instant clicked) {
        return "fb.1." + clicked.toEpochMilli() + "." + fbclid;
    }
}
