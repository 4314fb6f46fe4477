package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Meta asks whether an address is ours before it pushes to it: only who shows the connection's token is answered. */
@ExtendWith(SharedDemo.class)
class HandshakeTest {
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void question_withTheConnectionsToken_isAnsweredWithItsChallenge_andNoOtherIs() {
        String made = demo.post("/api/connections", "operator", """
                        {"channel":"instagram","name":"Asked by Meta","settings":{"accessToken":"token",
                         "appSecret":"secret","catalogId":"1","shopUrl":"https://shop.example/products",
                         "verifyToken":"a token that only Meta was told","baseUrl":"%s"}}""".formatted(demo.sandbox("/nowhere")))
                .json()
                .path("id")
                .asText();
        try {
            DemoProcess.Answer right = ask(made, "a+token+that+only+Meta+was+told");
            assertThat(right.status()).as(right.text()).isEqualTo(200);
            assertThat(right.text()).isEqualTo("1158201444");
            assertThat(right.contentType()).startsWith("text/plain");
            assertThat(ask(made, "another").status()).isEqualTo(403);
            assertThat(demo.get("/webhooks/instagram/" + made, "").status()).isEqualTo(403);
            assertThat(demo.get("/webhooks/shopify/" + made, "").status()).isEqualTo(404);
        } finally {
            demo.delete("/api/connections/" + made, "operator");
        }
    }

    private static DemoProcess.Answer ask(String connection, String token) {
        return demo.get(
                "/webhooks/instagram/" + connection + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
                        + token,
                "");
    }
}
