package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does a check tell a client secret that signs no delivery, though the token beside it works? */
class ShopifySecretTest extends ShopifyStories {
    private static final String SHOP = """
            {"data":{"shop":{"name":"Fake","currencyCode":"EUR","myshopifyDomain":"fake.myshopify.com"},
             "location":{"id":"gid://shopify/Location/7","isActive":true}}}""";

    @Test
    void wrongSecret_besideATokenMadeByHand_isTold_andNotShown() {
        Check check = bench.channel().check(with(Map.of("webhookSecret", "shpss_wrong")));

        assertThat(check.ok()).isFalse();
        assertThat(check.detail())
                .startsWith("webhookSecret: not the app's (expected: the client secret beside its client id)")
                .doesNotContain("shpss_wrong");
    }

    @Test
    void rightSecret_isProvenAtOnce_whereTheClientIdIsKnown() {
        assertThat(bench.channel().check(bench.connection()).unproven()).isNull();
    }

    @Test
    void clientIdOfNoApp_isTold() {
        assertThat(bench.channel().check(with(Map.of("clientId", "nobody"))).detail())
                .startsWith("clientId: no app has it");
    }

    @Test
    void secretWithoutAClientId_isLeftUnproven_inFixedWords_rightOrWrong() {
        for (String secret : new String[] {bench.connection().setting("webhookSecret"), "shpss_wrong"}) {
            Check check = bench.channel().check(with(Map.of("clientId", "", "webhookSecret", secret)));

            assertThat(check.ok()).isTrue();
            assertThat(check.unproven()).isEqualTo("webhookSecret");
            assertThat(check.words())
                    .startsWith(check.detail())
                    .endsWith("; webhookSecret: unproven until the first genuine delivery");
        }
    }

    @ParameterizedTest
    @CsvSource({"400,shop_not_permitted", "400,app_not_installed", "403,forbidden", "500,''"})
    void appThatMayNotAskByItself_leavesItsSecretUnproven(int status, String reason) throws Exception {
        try (FakeShop shop = new FakeShop()) {
            shop.then(200, SHOP).then(status, "{\"error\":\"" + reason + "\"}");

            Check check = shop.channel().check(withClient(shop.connection()));

            assertThat(check.ok()).as(check.detail()).isTrue();
            assertThat(check.unproven()).isEqualTo("webhookSecret");
            assertThat(shop.asked().get(1)).contains("grant_type=client_credentials", "client_id=app-1");
        }
    }

    private static Connection withClient(Connection connection) {
        Map<String, String> settings = new HashMap<>(connection.settings());
        settings.put("clientId", "app-1");
        return new Connection(connection.id(), connection.brand(), connection.channel(), connection.name(), settings);
    }
}
