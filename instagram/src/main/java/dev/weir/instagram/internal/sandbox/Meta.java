package dev.weir.instagram.internal.sandbox;

import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;

/** Who is who at the stand-in? One app, one catalogue, one Page with its Instagram account, one dataset. */
final class Meta {
    static final String APP = "1700000000000001";
    static final String SECRET = "meta-sandbox-app-secret";
    static final String TOKEN = "EAAsandbox";
    static final String PAGE_TOKEN = "EAAsandboxPage";
    static final String CATALOGUE = "24000000000000099";
    static final String PAGE = "1100000000000001";
    static final String ACCOUNT = "17841400000000001";
    static final String DATASET = "2100000000000001";
    static final String LIVE = "18000000000000001";

    private Meta() {}

    static String proof(String token) {
        return hmac(token.getBytes(StandardCharsets.UTF_8));
    }

    static String hmac(byte[] bytes) {
        return Signatures.hex(Signatures.hmacSha256(SECRET, bytes));
    }
}
