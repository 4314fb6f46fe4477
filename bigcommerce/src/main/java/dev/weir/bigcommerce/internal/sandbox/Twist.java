package dev.weir.bigcommerce.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxPlatform;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which of BigCommerce's bad days can be had at will? Each is off until it is flipped, and forgotten by a restart. */
enum Twist {
    TIGHT_QUOTA("a window has 30 calls and 3 s, as where other apps use the store's quota"),
    LOAD_SHED("every call is refused for the platform's own sake: 429 without a quota"),
    ERROR_AFTER_WRITE("writes are carried out, and answer 502"),
    SLOW_TILL("sales stay incomplete until this is off again"),
    WEBHOOKS_TWICE("each delivery comes twice, under one id"),
    WEBHOOKS_UNSIGNED("deliveries carry the subscription's headers, and no signature"),
    HOOKS_DEACTIVATED("every subscription is deactivated, as after 48 h of failures");

    private final String what;

    Twist(String what) {
        this.what = what;
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Which are on now? Thread-safe. */
    static final class Switches {
        private final Set<Twist> on = EnumSet.noneOf(Twist.class);

        synchronized boolean isOn(Twist twist) {
            return on.contains(twist);
        }

        synchronized Twist flip(String title, boolean to) {
            Twist twist = Arrays.stream(values())
                    .filter(each -> each.title().equals(title))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("quirk: " + title + " (expected: one of "
                            + Arrays.stream(values()).map(Twist::title).toList() + ")"));
            if (to) {
                on.add(twist);
            } else {
                on.remove(twist);
            }
            return twist;
        }

        synchronized List<SandboxPlatform.Quirk> all() {
            return Arrays.stream(values())
                    .map(twist -> new SandboxPlatform.Quirk(twist.title(), twist.what, on.contains(twist)))
                    .toList();
        }
    }
}
