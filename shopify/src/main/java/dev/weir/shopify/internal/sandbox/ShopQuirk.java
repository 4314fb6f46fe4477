package dev.weir.shopify.internal.sandbox;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which of Shopify's bad days can be had at will? Each is off until it is flipped. */
enum ShopQuirk {
    STANDARD_PLAN("the bucket is a standard shop's: 2,000 points, 100 a second"),
    THROTTLED("every GraphQL call answers 200 with THROTTLED"),
    EDGE_429("every call answers 429 with Retry-After"),
    ERROR_AFTER_WRITE("mutations are carried out, and answer 502"),
    OTHER_WRITER("another app takes one unit just before each write that compares"),
    MOVES_STOP_AT_ZERO("a move that would leave less than nothing is refused"),
    LATE_SEARCH("the search index shows an order 30 s after it was made, not 1 s"),
    BULK_SLOW("bulk operations stay RUNNING"),
    BULK_FAILS("bulk operations end FAILED"),
    BULK_BUSY("other apps hold the five places for bulk operations"),
    RESULT_WITHOUT_RANGES("result files are answered whole, whatever range is asked for"),
    SUBSCRIPTIONS_DROPPED("subscriptions made through the API are deleted, as after 8 failed deliveries"),
    WEBHOOKS_TWICE("each delivery comes twice, under one id"),
    WEBHOOKS_OUT_OF_ORDER("orders/updated comes before orders/create"),
    WEBHOOKS_LATE("what the shop pushes by itself waits until this is off again"),
    OLD_SECRET("deliveries are signed with the secret before the last rotation"),
    TOKENS_LAPSED("every access token is refused"),
    VERSION_RETIRED("calls are answered by the version before the one asked for");

    private final String what;

    ShopQuirk(String what) {
        this.what = what;
    }

    /** What it does. */
    String what() {
        return what;
    }

    /** As the operator names it, such as {@code late-search}. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ShopQuirk of(String title) {
        for (ShopQuirk quirk : values()) {
            if (quirk.title().equals(title)) {
                return quirk;
            }
        }
        throw new IllegalArgumentException("quirk: " + title + " (expected: one of the shop's)");
    }

    /** Which are on now. Thread-safe. */
    static final class Switches {
        private final Set<ShopQuirk> on = EnumSet.noneOf(ShopQuirk.class);

        synchronized boolean isOn(ShopQuirk quirk) {
            return on.contains(quirk);
        }

        synchronized void flip(ShopQuirk quirk, boolean to) {
            if (to) {
                on.add(quirk);
            } else {
                on.remove(quirk);
            }
        }
    }
}
