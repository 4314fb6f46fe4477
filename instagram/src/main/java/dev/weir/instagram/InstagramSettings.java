package dev.weir.instagram;

import dev.weir.connectors.Setting;
import java.util.List;

/** What does an operator enter to connect Instagram? Four things are needed; each of the others opens one more ability. */
final class InstagramSettings {
    static final List<Setting> ALL = List.of(
            new Setting("accessToken", "System user token", true, true, "Business settings, System users"),
            new Setting("appSecret", "App secret", true, true, "developers.facebook.com: App settings, Basic"),
            new Setting("catalogId", "Catalogue", false, true, "Commerce Manager: the number of the catalogue"),
            new Setting("shopUrl", "Product pages", false, true, "https://shop.example/products: the SKU is appended"),
            new Setting("brand", "Brand", false, false, "As shown on products; else the brand of the hub"),
            new Setting("productSet", "Product set", false, false, "Name of a set that holds what the hub lists"),
            new Setting(
                    "batchCallsPerMinute",
                    "Batch calls a minute",
                    false,
                    false,
                    "8 for a new catalogue; more once many people saw it"),
            new Setting(
                            "appId",
                            "App",
                            false,
                            false,
                            "developers.facebook.com: the app's number; for login and webhooks")
                    .asUsual(),
            new Setting(
                    "pageId",
                    "Facebook Page",
                    false,
                    false,
                    "Number of the Page linked to the account; for comments and replies"),
            new Setting("igUserId", "Instagram account", false, false, "Number of the professional account"),
            new Setting(
                    "verifyToken", "Verify token", true, false, "Left empty, the hub makes one and tells it to Meta"),
            new Setting(
                    "instagramAppSecret",
                    "Instagram app secret",
                    true,
                    false,
                    "Of apps with Instagram's own login only"),
            new Setting("datasetId", "Dataset", false, false, "Events Manager: number of the pixel; for purchases"),
            new Setting(
                    "testEventCode", "Test event code", false, false, "Events Manager, Test events; empty when live"),
            new Setting(
                    "onlyWithConsent",
                    "Purchases with consent only",
                    false,
                    false,
                    "true: only purchases whose campaign says consent=granted are reported"),
            new Setting("liveIngest", "Live address", false, false, "As Live Producer shows it, if not the usual one"),
            new Setting(
                    "permissions", "Permissions", false, false, "Asked for at login, comma-separated; else all used"),
            new Setting("pageToken", "Page token", true, false, "Comes with the login"),
            new Setting("tokenExpiresAt", "Token ends", false, false, "Comes with the login; empty for never"),
            new Setting(
                    "dataAccessExpiresAt", "Data access ends", false, false, "Comes with the login; empty for never"),
            new Setting("graphVersion", "Graph version", false, false, "Such as v26.0"),
            new Setting("baseUrl", "API address", false, false, "Leave empty for https://graph.facebook.com"),
            new Setting("loginUrl", "Login address", false, false, "Leave empty for https://www.facebook.com"));

    private InstagramSettings() {}
}
