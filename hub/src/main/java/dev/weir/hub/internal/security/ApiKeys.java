package dev.weir.hub.internal.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose key is it? Only hashes are stored, so a key is shown once, when it is minted. */
@Component
public class ApiKeys {
    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new key of the brand; replaces the role's key of that {@code name}. */
    public String mint(String brand, Role role, String name) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String key = "weir_" + role.label() + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("insert into api_key (brand, role, name, hash) values (?, ?, ?, ?) "
                        + "on conflict (brand, role, name) do update set hash = excluded.hash, created_at = now()")
                .params(brand, role.name(), name, hash(key))
                .update();
        return key;
    }

    /** Whether no key was ever minted: nobody could sign in. */
    public boolean none() {
        return jdbc.sql("select not exists (select 1 from api_key)")
                .query(Boolean.class)
                .single();
    }

    /** Whether anyone owns the key. */
    public boolean opens(String key) {
        return owner(key).isPresent();
    }

    /** The key's owner; looked up by hash, so nothing is learnt from timing. */
    Optional<Caller> owner(String key) {
        return jdbc.sql("select brand, role, name from api_key where hash = ?")
                .param(hash(key))
                .query((row, n) -> new Caller(row.getString(1), Role.valueOf(row.getString(2)), row.getString(3)))
                .optional();
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
