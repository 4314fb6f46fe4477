package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;

/**
 * Which store view do we read, in which currency are its prices, and where are its pictures?
 *
 * @param mediaUrl ends with a slash
 */
public record MagentoShop(String code, String currency, String mediaUrl) {

    /** The store view that the connection names. */
    public static MagentoShop of(MagentoClient client, Connection connection) {
        String code = connection.setting("storeCode", "default");
        for (JsonNode view : client.get("storeConfigs", "/store/storeConfigs")) {
            if (view.path("code").asText().equals(code)) {
                return new MagentoShop(
                        code,
                        view.path("base_currency_code").asText(),
                        view.path("secure_base_media_url").asText());
            }
        }
        throw new ChannelException(
                Fault.UNAUTHORISED, "storeCode: " + code + " (expected: the code of a store view of the shop)");
    }
}
