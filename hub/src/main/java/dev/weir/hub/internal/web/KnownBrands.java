package dev.weir.hub.internal.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose show is it? A show never changes hands, so what was looked up once stays true. Thread-safe. */
@Component
final class KnownBrands {
    /** Far more shows than are on air at one time; then it begins anew. */
    private static final int MOST = 1_000;

    private final Map<String, String> byShow = new ConcurrentHashMap<>();

    /** Null when it was not looked up yet. */
    @Nullable
    String get(String showIdOrSlug) {
        return byShow.get(showIdOrSlug);
    }

    void put(String showIdOrSlug, String brand) {
        if (byShow.size() >= MOST) {
            byShow.clear();
        }
        byShow.put(showIdOrSlug, brand);
    }
}
