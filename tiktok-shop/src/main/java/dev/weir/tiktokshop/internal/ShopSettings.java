package dev.weir.tiktokshop.internal;

import dev.weir.connectors.HandOver;
import dev.weir.connectors.Setting;
import java.util.List;

/**
 * What does the operator enter to connect a shop at TikTok? What the platform's documents leave open can be set here, with the
 * likelier value as the default.
 */
public final class ShopSettings {
    /** In the order to ask for them. */
    public static final List<Setting> ALL = List.of(
            new Setting("appKey", "App key", false, true, "Partner Center, your app"),
            new Setting("appSecret", "App secret", true, true, "Partner Center, your app; signs calls and webhooks"),
            optional("serviceId", "Service id", "Partner Center, your app; needed for the seller's consent")
                    .asUsual(),
            new Setting("accessToken", "Access token", true, true, "From the seller's consent; lives 7 days"),
            new Setting(
                    "refreshToken", "Refresh token", true, false, "From the seller's consent; renews the access token"),
            optional(TokenService.ACCESS_ENDS, "Access token ends", "From the seller's consent"),
            optional(TokenService.REFRESH_ENDS, "Refresh token ends", "From the seller's consent"),
            required("shopCipher", "Shop cipher", "From the list of authorised shops"),
            required("shopId", "Shop id", "From the list of authorised shops"),
            required("warehouseId", "Warehouse", "The sales warehouse whose stock is set"),
            optional("region", "Region", "The shop's country, such as GB; US has a consent page of its own"),
            optional("categoryId", "Category", "For listings that the hub creates; empty: what TikTok recommends"),
            optional("categoryVersion", "Category tree", "v1 or v2; leave empty for v2"),
            optional("packageKilograms", "Weight of a package", "In kg, for listings that the hub creates; empty: 0.5"),
            optional(
                    "fallbackImageUrl",
                    "Picture for listings without",
                    "JPEG, PNG or WebP; without it they stay drafts"),
            optional(
                    HandOver.SETTING,
                    "Orders to your own shop",
                    "yes, no (another tool brings them there), or all: also those that TikTok sends; empty: yes"),
            optional("mostUnits", "Most units of a SKU", "A larger stock is shown as this; empty: 99999"),
            optional("cancelReason", "Reason to call off", "TikTok's code; empty: out of stock"),
            optional("unpaidCancelReason", "Reason to call off, unpaid", "TikTok's code; empty: out of stock"),
            optional("handover", "Handover", "PICKUP or DROP_OFF, for orders that TikTok ships; empty: PICKUP"),
            optional("inventoryTopic", "Topic of stock changes", "Its name in Partner Center; empty: INVENTORY_CHANGE"),
            optional("readsPerSecond", "Reads a second", "Of each API, as TikTok grants them; empty: 10"),
            optional("writesPerSecond", "Writes a second", "Of each API, as TikTok grants them; empty: 5"),
            optional("liveKilobits", "LIVE: bits a second", "Thousands, of picture and sound; empty: 6000"),
            optional("liveHeight", "LIVE: longer side", "Pixels; empty: 1920"),
            optional("liveFps", "LIVE: pictures a second", "Empty: 30"),
            optional("baseUrl", "API address", "Leave empty for " + TikTokHosts.API),
            optional("authUrl", "Token address", "Leave empty for " + TikTokHosts.TOKENS),
            optional("consentUrl", "Consent address", "Leave empty for " + TikTokHosts.CONSENT));

    private ShopSettings() {}

    private static Setting required(String name, String title, String hint) {
        return new Setting(name, title, false, true, hint);
    }

    private static Setting optional(String name, String title, String hint) {
        return new Setting(name, title, false, false, hint);
    }
}
