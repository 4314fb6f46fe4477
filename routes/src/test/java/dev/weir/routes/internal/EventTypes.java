package dev.weir.routes.internal;

import java.util.List;

/** What the public feed tells, for tests outside this package. */
public final class EventTypes {
    private EventTypes() {}

    /** Every type on a topic. */
    public static List<String> all() {
        return PublicFeed.types();
    }
}
