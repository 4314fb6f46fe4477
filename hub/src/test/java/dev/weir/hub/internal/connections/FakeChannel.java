package dev.weir.hub.internal.connections;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Setting;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockRead;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A channel over {@link FakePlatform}. */
record FakeChannel(FakePlatform platform, boolean wantsLocation) implements Channel, Consent {
    static final String NAME = "fake-shop";
    static final Listing LISTING = new Listing(
            new Sku("MUG-01"), "Mug", Money.of("12.50", "EUR"), URI.create("https://x.example/m"), "1", null, 3);

    FakeChannel(FakePlatform platform) {
        this(platform, false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Fake Shop";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CONSENT, Capability.STOCK_READ, Capability.CATALOGUE_READ);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("shop", "Shop", false, true, ""),
                new Setting("clientSecret", "Client secret", true, true, ""),
                new Setting("previousClientSecret", "Previous client secret", true, false, ""),
                new Setting("accessToken", "Access token", true, true, ""),
                new Setting("location", "Location", false, wantsLocation, ""));
    }

    @Override
    public Check check(Connection connection) {
        try {
            platform.use(connection.setting("accessToken"));
            return new Check(true, "Reached " + connection.setting("shop") + ".");
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public StockRead stockRead(Connection connection) {
        return listings -> {
            platform.use(connection.setting("accessToken"));
            return Map.of(LISTING.sku(), 3);
        };
    }

    /** One listing with any token, a second one only with a good one. */
    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return each -> {
            each.accept(LISTING);
            platform.use(connection.setting("accessToken"));
            each.accept(LISTING);
        };
    }

    @Override
    public Consent consent() {
        return this;
    }

    @Override
    public URI page(Map<String, String> settings, URI redirect, String state) {
        String shop = settings.get("shop");
        if (shop == null) {
            throw new ChannelException(Fault.UNAUTHORISED, NAME + ": setting shop is missing");
        }
        return URI.create("https://" + shop + "/authorise?redirect_uri=" + redirect + "&state=" + state);
    }

    @Override
    public Grant grant(Map<String, String> settings, URI redirect, Map<String, String> query) {
        if (query.containsKey("error")) {
            throw new ChannelException(Fault.UNAUTHORISED, "The operator said no: " + query.get("error"));
        }
        return new Grant(platform.exchange(query.getOrDefault("code", "")));
    }

    @Override
    public Optional<Grant> refresh(Connection connection) {
        return connection.settings().containsKey("refreshToken")
                ? Optional.of(new Grant(platform.refresh(connection.setting("refreshToken"))))
                : Optional.empty();
    }

    @Override
    public Lapse lapse(Connection connection) {
        return new Lapse(at(connection, "accessEndsAt"), at(connection, "grantEndsAt"));
    }

    private static @org.jspecify.annotations.Nullable Instant at(Connection connection, String setting) {
        String text = connection.settings().get(setting);
        return text == null ? null : Instant.parse(text);
    }
}
