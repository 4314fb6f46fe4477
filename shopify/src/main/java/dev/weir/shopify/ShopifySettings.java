package dev.weir.shopify;

import dev.weir.connectors.Setting;
import dev.weir.shopify.internal.ShopifyClient;
import java.util.List;

/**
 * What connects a Shopify shop? Shop, client secret and location always; then either a token that was made by hand, or a client
 * id, with which the shop lets us in at its own page or, for an app of the merchant's own, at once. Where a fact about Shopify is
 * not certain, a setting holds it with the likelier value.
 */
final class ShopifySettings {
    static final List<Setting> ALL = List.of(
            new Setting("shop", "Shop", false, true, "xxx.myshopify.com: Settings, Domains"),
            new Setting("webhookSecret", "Client secret", true, true, "API secret key of your app; signs webhooks"),
            new Setting("locationId", "Location", false, true, "Settings, Locations: the number in its address"),
            new Setting("clientId", "Client id", false, false, "Of your app; needed to be let in at the shop's page")
                    .asUsual(),
            new Setting(
                            "accessToken",
                            "Access token",
                            true,
                            false,
                            "Admin API token (shpat_…); leave empty to be let in")
                    .asUsual(),
            new Setting("previousWebhookSecret", "Previous client secret", true, false, "Only while rotating"),
            new Setting("baseUrl", "API address", false, false, "Leave empty for https://{shop}"),
            new Setting("apiVersion", "API version", false, false, "Leave empty for " + ShopifyClient.VERSION),
            new Setting("scopes", "Scopes", false, false, "Leave empty for what the hub needs; commas between"),
            new Setting("expiringTokens", "Expiring tokens", false, false, "yes, or no until 2027-01-01"),
            new Setting("pagedUpTo", "Read page by page up to", false, false, "Variants; 1000 when empty"),
            new Setting("searchLagSeconds", "Search lag", false, false, "Seconds; 30 when empty"),
            new Setting("accessTokenEndsAt", "Access token ends", false, false, "Filled in when the shop lets us in"),
            new Setting("refreshToken", "Refresh token", true, false, "Filled in when the shop lets us in"),
            new Setting("refreshTokenEndsAt", "Refresh token ends", false, false, "Filled in when the shop lets us in"),
            new Setting("previousRefreshToken", "Previous refresh token", true, false, "Filled in at each renewal"));

    private ShopifySettings() {}
}
