package dev.weir.simulcast.internal.rtc;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * With which name and password does one side of a session sign its connectivity checks (RFC 8445 §5.3)?
 *
 * @param ufrag 4..256 ice-chars
 * @param password 22..256 ice-chars; a secret
 */
public record IceCredentials(String ufrag, String password) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Fresh ones: 72 bits of name, so that none is guessed or met twice, and 144 bits of password. */
    static IceCredentials fresh() {
        return new IceCredentials(text(9), text(18));
    }

    /** Base64 of so many random bytes, a multiple of 3; the alphabet is that of ice-char. */
    private static String text(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    /** An unguessable name for URLs: 128 random bits. */
    static String sessionId() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public String toString() {
        return "IceCredentials[ufrag=" + ufrag + ", password=***]";
    }
}
