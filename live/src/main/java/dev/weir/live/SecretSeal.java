package dev.weir.live;

/**
 * How are secrets kept that must be shown again? Encryption at rest under a key that only the hub holds; sealing the
 * same bytes twice need not give the same result. Implementations are thread-safe.
 */
public interface SecretSeal {
    /** The sealed form of {@code clear}, safe to store. */
    byte[] seal(byte[] clear);

    /** What was sealed; throws when {@code sealed} was changed or sealed under another key. */
    byte[] open(byte[] sealed);
}
