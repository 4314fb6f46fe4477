package dev.weir.bigcommerce.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Setting;
import java.util.List;

/** What does the operator enter to connect a BigCommerce store? What BigCommerce leaves open is a setting with the likelier default. */
public final class BigCommerceSettings {
    /** In the order to ask for it. */
    public static final List<Setting> ALL = List.of(
            new Setting("storeHash", "Store hash", false, true, "Of the API account's path: /stores/{hash}/v3/"),
            new Setting(
                    "accessToken", "Access token", true, true, "Settings, Store-level API accounts: of your account"),
            new Setting("webhookSecret", "Client secret", true, true, "Of the same API account; signs webhooks"),
            new Setting("locationId", "Location", false, false, "Whose stock the hub sets; 1, the default location"),
            new Setting("webhookCheck", "Webhooks are proven by", false, false, "signature or header; signature"),
            new Setting("webhookAgeHours", "Oldest webhook", false, false, "Hours since it was signed; 50"),
            new Setting("productsPerPage", "Products a page", false, false, "Fewer where they have many variants; 50"),
            new Setting("baseUrl", "API address", false, false, "Leave empty for " + BigCommerceClient.API));

    private BigCommerceSettings() {}

    /** A whole number of {@code least}..{@code most}, or {@code otherwise} where nothing was entered. */
    static int number(Connection connection, String name, int otherwise, int least, int most) {
        String text = text(connection, name, Integer.toString(otherwise));
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new ChannelException(
                Fault.UNAUTHORISED, name + ": " + text + " (expected: a whole number of " + least + ".." + most + ")");
    }

    static int location(Connection connection) {
        return number(connection, "locationId", 1, 1, 999_999_999);
    }

    /** What was entered, or {@code otherwise} where that is nothing. */
    static String text(Connection connection, String name, String otherwise) {
        String text = connection.setting(name, "");
        return text.isBlank() ? otherwise : text.strip();
    }
}
