package dev.weir.hub.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of a log line, and what is left as it is. */
class RedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Authorization: Bearer q1w2e3r4t5y6|q1w2",
                "Authorization: Basic dXNlcjpwYXNz|dXNl",
                "{authorization=[Bearer q1w2e3r4t5y6], host=x}|q1w2",
                "[Authorization:\"Bearer q1w2e3r4t5y6\"]|q1w2",
                "it said Bearer q1w2e3r4t5y6|q1w2",
                "{x-shopify-access-token=shpat_0123456789abcdef, accept=*/*}|0123456789abcdef",
                "X-Shopify-Hmac-Sha256: q1w2e3r4/+t5y6=|q1w2",
                "{\"client_secret\":\"q1w2 e3r4\",\"a\":1}|e3r4",
                "{\\\"refreshToken\\\":\\\"q1w2e3\\\"}|q1w2",
                "POST /oauth?grant=x&access_token=q1w2e3&b=1|q1w2",
                "password = 'q1w2 e3r4'|e3r4",
                "redis://weir:q1w2e3@cache:6379/0|q1w2",
                "pushing to rtmps://live.example.com:443/rtmp/q1w2-e3r4?x=1 failed|q1w2",
                "pushing to srt://live.example.com:9000?streamid=q1w2|q1w2",
                "key sk_live_q1w2e3r4 is wrong|q1w2",
                "whsec_q1w2e3r4=|q1w2",
                "EAAGq1w2e3r4t5y6u7i8o9p0a1|q1w2",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.q1w2e3r4|q1w2",
                "pi_3Nq1w2_secret_e3r4t5|e3r4",
                "weir_ops_q1w2e3r4t5y6 was used|q1w2",
                "told ana.lopez+show@shop.example.com of it|ana",
                "told %3Cana%40example.com%3E of it|ana",
            })
    void secretsAndAddressesOfPeople_areTakenOut(String line, String secret) {
        assertThat(Redaction.of(line)).doesNotContain(secret).contains("[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Delivery 7d7c0f3e-0f0c-4f43-8f1e-6cb3f3f4a9aa of shopify failed: TRANSIENT: inventorySet POST shop.example.com/graphql: no answer",
                "sku: MUG-SAGE (expected: listed at Kiln)",
                "	at java.base@25.0.1/java.lang.Thread.run(Thread.java:1447)",
                "	at dev.weir.hub.internal.connections.TokenKeeper.refresh(TokenKeeper.java:223)",
                "weir_inbox_deliveries_oldest_age_seconds was not counted",
                "https://shop.example.com/admin/api/2026-01/graphql.json",
                "order-push@3 runs",
            })
    void whatTellsWhatHappened_stays(String line) {
        assertThat(Redaction.of(line)).isEqualTo(line);
    }

    @Test
    void endlessText_isCut_andNothingOfItIsLookedAtForLong() {
        String text = Redaction.of("a".repeat(1_000_000) + " token=q1w2");

        assertThat(text).hasSizeLessThan(Redaction.MOST + 100).endsWith("(cut)");
    }
}
