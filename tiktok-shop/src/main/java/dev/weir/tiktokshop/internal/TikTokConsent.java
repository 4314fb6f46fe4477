package dev.weir.tiktokshop.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does a seller let us in? At TikTok's page, found by the app's {@code serviceId}; what comes back is exchanged for a pair of
 * tokens whose ends are absolute, and the shop, its cipher and its warehouse are looked up with it.
 */
public final class TikTokConsent implements Consent {
    private static final Logger LOG = LoggerFactory.getLogger(TikTokConsent.class);

    private final ChannelHttp http;
    private final GatewayTime time;

    /** Consent of every shop. */
    public TikTokConsent(ChannelHttp http, GatewayTime time) {
        this.http = http;
        this.time = time;
    }

    /**
     * TikTok knows where to send the operator back to from Partner Center and takes no such parameter; a page elsewhere, such as the
     * sandbox's, is told.
     */
    @Override
    public URI page(Map<String, String> settings, URI redirect, String state) {
        Connection app = app(settings);
        String own = app.setting("consentUrl", "");
        Map<String, String> query = new LinkedHashMap<>();
        query.put("service_id", app.setting("serviceId"));
        query.put("state", state);
        if (!own.isEmpty()) {
            query.put("redirect_uri", redirect.toString());
        }
        boolean us = app.setting("region", "").equalsIgnoreCase("US");
        String base = !own.isEmpty() ? own : us ? TikTokHosts.CONSENT_US : TikTokHosts.CONSENT;
        return TikTokHosts.address("consentUrl", base, "/open/authorize", query);
    }

    @Override
    public Grant grant(Map<String, String> settings, URI redirect, Map<String, String> query) {
        Connection app = app(settings);
        String key = query.getOrDefault("app_key", app.setting("appKey"));
        if (!key.equals(app.setting("appKey"))) {
            throw refused("app_key: " + key + " (expected: " + app.setting("appKey") + ")");
        }
        String code = query.getOrDefault("code", "");
        if (code.isBlank()) {
            throw refused("code: missing (expected: the seller's consent; it was refused at TikTok's page)");
        }
        Map<String, String> granted = new HashMap<>(new TokenService(http, time).redeem(app, code));
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(granted);
        TikTokShops.Shop shop = pick(shops(all).authorised(), settings, query.get("shop_region"));
        granted.put("shopId", shop.id());
        granted.put("shopCipher", shop.cipher());
        granted.put("region", shop.region());
        all.putAll(granted);
        if (app.setting("warehouseId", "").isBlank()) {
            warehouse(all).ifPresent(id -> granted.put("warehouseId", id));
        }
        return new Grant(granted);
    }

    /** The shop that the operator named, else the only one, else the only one of the region that was consented in. */
    private static TikTokShops.Shop pick(
            List<TikTokShops.Shop> shops, Map<String, String> settings, @Nullable String region) {
        String wanted = settings.getOrDefault("shopId", "");
        List<TikTokShops.Shop> fitting = shops.stream()
                .filter(shop -> wanted.isBlank() || shop.id().equals(wanted))
                .toList();
        if (fitting.size() > 1) {
            fitting = fitting.stream()
                    .filter(shop -> shop.region().equals(region))
                    .toList();
        }
        if (fitting.size() != 1) {
            List<String> choice = shops.stream()
                    .map(shop -> shop.id() + " " + shop.name() + " " + shop.region())
                    .toList();
            throw refused(
                    "shopId: " + (wanted.isBlank() ? "not given" : wanted) + " (expected: one of " + choice + ")");
        }
        return fitting.getFirst();
    }

    /** A shop without one, or an app without the right to ask, can still be named a warehouse by hand. */
    private Optional<String> warehouse(Map<String, String> settings) {
        try {
            return shops(settings).defaultWarehouse();
        } catch (ChannelException e) {
            LOG.info("The warehouse has to be entered by hand: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Grant> refresh(Connection connection) {
        return Optional.of(new Grant(new TokenService(http, time).refresh(connection)));
    }

    @Override
    public Lapse lapse(Connection connection) {
        return new Lapse(connection.instant(TokenService.ACCESS_ENDS), connection.instant(TokenService.REFRESH_ENDS));
    }

    private TikTokShops shops(Map<String, String> settings) {
        return new TikTokShops(new TikTokClient(http, app(settings), time));
    }

    /** There is no connection before the grant: one id an app, so that its calls share a budget. */
    private static Connection app(Map<String, String> settings) {
        String name = "tiktok-shop consent " + settings.getOrDefault("appKey", "");
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Connection(id, "", "tiktok-shop", "consent", settings);
    }

    private static ChannelException refused(String message) {
        return new ChannelException(Fault.UNAUTHORISED, message);
    }
}
