package dev.weir.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;

/** Somebody of another brand at the same hub, whose key is put straight into the database: no address makes one. */
final class OtherBrand {
    private final DemoProcess demo;

    OtherBrand(DemoProcess demo) {
        this.demo = demo;
    }

    DemoProcess.Answer call(String method, String path, String role) throws Exception {
        String key = "weir_" + role + "_of-another-brand";
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        try (Connection database = demo.database();
                PreparedStatement insert = database.prepareStatement(
                        "insert into api_key (brand, role, name, hash) values ('another', ?, 'test', ?)"
                                + " on conflict do nothing")) {
            insert.setString(1, role.toUpperCase(java.util.Locale.ROOT));
            insert.setBytes(2, hash);
            insert.executeUpdate();
        }
        return demo.send(java.net.http.HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Authorization", "Bearer " + key)
                .method(method, java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
    }
}
