package dev.weir.hub.internal.security;

/**
 * Who calls, and whose brand is all they see?
 *
 * @param key the name of their key among those of brand and role
 */
public record Caller(String brand, Role role, String key) {
    /** Who that is where two persons are needed: another key is another person. */
    public String person() {
        return brand + "/" + role.label() + "/" + key;
    }
}
