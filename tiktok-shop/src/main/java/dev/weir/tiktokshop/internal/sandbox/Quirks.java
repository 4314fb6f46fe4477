package dev.weir.tiktokshop.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform.Quirk;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** In which of its known bad ways does the platform behave now? Kept with the rest of the stand-in's state. */
final class Quirks {
    private static final String COLLECTION = "quirks";

    private final SandboxStore store;

    Quirks(SandboxStore store) {
        this.store = store;
    }

    boolean on(Name quirk) {
        var kept = store.get(COLLECTION, quirk.key());
        return kept == null ? quirk.usual : kept.path("on").asBoolean();
    }

    List<Quirk> all() {
        return Arrays.stream(Name.values())
                .map(name -> new Quirk(name.key(), name.what, on(name)))
                .toList();
    }

    Name flip(String key, boolean on) {
        Name found = Arrays.stream(Name.values())
                .filter(name -> name.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("quirk: " + key + " (expected: one of "
                        + Arrays.stream(Name.values()).map(Name::key).toList() + ")"));
        store.put(COLLECTION, key, SandboxStore.document().put("on", on));
        return found;
    }

    /** What can be switched. */
    enum Name {
        THROTTLED("every call is answered 429 with code 36009002 and Retry-After: 1"),
        QUOTA("50 calls a second of each API, then 429"),
        HOURLY_CAP("the cap of test shops is reached: 36009037 until the next hour"),
        CLOCK_AHEAD("the gateway's clock is 10 minutes ahead of ours"),
        TOKENS_EXPIRED("every access token has expired: 105002"),
        WITHDRAWN("the seller withdrew access: every token is unknown, 36009004"),
        NO_SCOPE("the seller's consent does not cover the call: 105005"),
        WRITE_THEN_500("writes are carried out, and then answered 500"),
        STOCK_REFUSED("every stock level is refused inside a success"),
        SECOND_WAREHOUSE("every SKU is in a second warehouse too, and is only written whole"),
        PROMOTION("prices are locked by a promotion"),
        AUDIT("new and changed products wait for an audit; they pass when this is switched off"),
        ON_HOLD("new orders are on hold; they are released when this is switched off"),
        UNPAID("new orders are unpaid; they are paid when this is switched off"),
        TIKTOK_SHIPPING("new orders are shipped by TikTok, not by the seller"),
        FULFILLED_BY_TIKTOK("new orders are sent by TikTok, from a warehouse of its own"),
        SEARCH_LAG("orders are found 3 seconds after they changed"),
        UNMASKED("the buyer's address is shown in clear", false),
        REFRESH_ROTATES("a refresh token is good for one use", true),
        TWO_SHOPS("the seller who consents has two shops"),
        CREATOR("who consents is a creator, not a seller");

        private final String what;
        private final boolean usual;

        Name(String what) {
            this(what, false);
        }

        Name(String what, boolean usual) {
            this.what = what;
            this.usual = usual;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
