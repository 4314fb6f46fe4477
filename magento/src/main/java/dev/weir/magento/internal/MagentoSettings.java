package dev.weir.magento.internal;

import dev.weir.connectors.Setting;
import java.util.List;

/** What does the operator enter to connect a Magento shop? What the sheet is not sure of is a setting with the likelier default. */
public final class MagentoSettings {
    private MagentoSettings() {}

    /** In the order to ask for it. */
    public static List<Setting> all() {
        return List.of(
                required(
                        "baseUrl",
                        "Shop address",
                        "https://shop.example, without /rest; with /index.php where it needs it"),
                secret("accessToken", "Access token", "System, Extensions, Integrations: your integration")
                        .asUsual(),
                plain("consumerKey", "Consumer key", "With both secrets: calls are signed (OAuth 1.0a), the usual way")
                        .asUsual(),
                secret(
                                "consumerSecret",
                                "Consumer secret",
                                "Leave empty to send the token as Bearer, where the shop allows it")
                        .asUsual(),
                secret("accessTokenSecret", "Access token secret", "Leave empty to send the token as Bearer")
                        .asUsual(),
                plain(
                        "signatureBaseUrl",
                        "Address that is signed",
                        "If the shop sees another than you do; the shop address"),
                plain("adminUser", "Administrator", "Instead of an integration; not with a second factor"),
                secret("adminPassword", "Administrator's password", "Only with an administrator"),
                plain("storeCode", "Store view", "Its code; default").asUsual(),
                plain("websiteCode", "Website", "Code of the website that sells; the store view's own"),
                plain("inventory", "Inventory", "auto, msi or legacy; auto"),
                plain("sourceCode", "Inventory source", "The source that the hub counts for; default"),
                plain(
                        "bulkWrites",
                        "Queued writes",
                        "on: more than 20 levels or prices go through the shop's queue; off"),
                plain(
                        "priceScope",
                        "Scope of prices",
                        "global or website, as in the shop's catalogue settings; global"),
                plain("orderScope", "Orders of", "all or website; all"),
                plain("cart", "Orders are placed by", "guest or customer; guest"),
                plain("customerEmail", "Customer", "In whose cart orders are placed, with cart: customer"),
                secret("customerPassword", "Customer's password", "With cart: customer"),
                plain("shippingMethod", "Way of shipping", "Such as flatrate_flatrate; the cheapest"),
                plain("agreementIds", "Agreements", "Ids of terms to accept, with commas; none"),
                plain("holdMethod", "Units are held by", "order (placed and called off) or source (moved); order"),
                plain("holdAddress", "Address of holding orders", "street; city; postal code; country code"),
                plain("holdMailDomain", "Mail domain of holding orders", "Nobody reads it; example.com"),
                plain("holdSource", "Hold source", "One that no stock sells from, with: source"));
    }

    private static Setting required(String name, String title, String hint) {
        return new Setting(name, title, false, true, hint);
    }

    private static Setting plain(String name, String title, String hint) {
        return new Setting(name, title, false, false, hint);
    }

    private static Setting secret(String name, String title, String hint) {
        return new Setting(name, title, true, false, hint);
    }
}
