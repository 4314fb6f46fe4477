package dev.weir.magento.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OAuth1Test {
    @Test
    void header_ofTheWorkedExample_carriesItsSignature() {
        List<Map.Entry<String, String>> query = List.of(
                Map.entry("searchCriteria[filter_groups][0][filters][0][field]", "sku"),
                Map.entry("searchCriteria[filter_groups][0][filters][0][value]", "A (B)+1"),
                Map.entry("searchCriteria[pageSize]", "2"));

        String header = new OAuth1("ck", "cs", "at", "ts")
                .header("GET", "https://shop.example/rest/default/V1/products", query, 1_700_000_000, "n1");

        assertThat(header)
                .startsWith("OAuth oauth_consumer_key=\"ck\",oauth_nonce=\"n1\",oauth_signature=\"")
                .contains("oauth_signature=\"" + Search.encode("wmwwFmVvfE/ReV9uQoIspaadodY9qmT9AoKJVGsHit0=") + "\"")
                .doesNotContain("cs\"", "ts\"");
    }

    @Test
    void address_isSignedInLowerCaseWithoutItsUsualPort() {
        assertThat(Authority.plain("HTTPS://Shop.Example:443/index.php/")).isEqualTo("https://shop.example/index.php");
        assertThat(Authority.plain("http://shop.example:80")).isEqualTo("http://shop.example");
        assertThat(Authority.plain("https://shop.example:8443")).isEqualTo("https://shop.example:8443");
    }

    @Test
    void encoding_isThatOfRfc3986() {
        assertThat(Search.encode("A (B)+1 !*'~-._[]%")).isEqualTo("A%20%28B%29%2B1%20%21%2A%27~-._%5B%5D%25");
    }
}
