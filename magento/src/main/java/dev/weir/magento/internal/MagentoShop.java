package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.time.Duration;

/**
 * Which store view do we read, to which website does it belong, in which currency are its prices, and where are its pictures?
 *
 * @param currency the website's base currency, in which the catalogue's prices are
 * @param mediaUrl ends with a slash
 */
public record MagentoShop(String code, int id, int websiteId, String website, String currency, String mediaUrl) {
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** The store view that the connection names; asked at most every 10 minutes. */
    public static MagentoShop of(MagentoClient client) {
        return client.memory().keep("shop", KEPT, MagentoShop.class, () -> ask(client));
    }

    private static MagentoShop ask(MagentoClient client) {
        Connection connection = client.connection();
        String code = connection.setting("storeCode", "default");
        for (JsonNode view : client.get("storeConfigs", "/store/storeConfigs")) {
            if (view.path("code").asText().equals(code)) {
                return new MagentoShop(
                        code,
                        view.path("id").asInt(),
                        view.path("website_id").asInt(),
                        website(client, view.path("website_id").asInt()),
                        view.path("base_currency_code").asText(),
                        view.path("secure_base_media_url").asText());
            }
        }
        throw new ChannelException(
                Fault.UNAUTHORISED, "storeCode: " + code + " (expected: the code of a store view of the shop)");
    }

    private static String website(MagentoClient client, int id) {
        String named = client.connection().setting("websiteCode", "");
        if (!named.isBlank()) {
            return named;
        }
        for (JsonNode site : client.get("websites", "/store/websites")) {
            if (site.path("id").asInt() == id) {
                return site.path("code").asText();
            }
        }
        throw new ChannelException(
                Fault.UNAUTHORISED, "websiteCode: none with id " + id + " (expected: the website of the store view)");
    }
}
