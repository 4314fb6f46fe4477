package dev.weir.orders.internal;

import dev.weir.connectors.Order;
import dev.weir.connectors.Sku;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Hold;
import dev.weir.reservation.Reservations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who earned an order that never had a hold? Fixed rules in a fixed order; a change of one is a new version of its name,
 * so that old orders keep the reason they were given.
 */
final class Attributions {
    /** A hold of ours that the shop noted. */
    private static final String HOLD = "weir_hold";

    /** A show of ours, by id or slug, that the shop noted. */
    private static final String SHOW = "weir_show";

    /** What was pinned at the tap. */
    private static final String PIN = "weir_pin";

    private final Shows shows;
    private final RunSheet runSheet;
    private final Reservations reservations;

    Attributions(Shows shows, RunSheet runSheet, Reservations reservations) {
        this.shows = shows;
        this.runSheet = runSheet;
        this.reservations = reservations;
    }

    Attribution of(String brand, Order order) {
        return byEvidence(brand, order)
                .or(() -> byLiveWindow(brand, order))
                .orElseGet(() -> attribution(order, null, null, "none/1"));
    }

    private Optional<Attribution> byEvidence(String brand, Order order) {
        Optional<Hold> hold = Optional.ofNullable(order.evidence().get(HOLD))
                .flatMap(Attributions::uuid)
                .flatMap(reservations::find)
                .filter(found -> found.brand().equals(brand));
        String named = hold.map(found -> found.showId().toString())
                .orElse(order.evidence().get(SHOW));
        if (named == null) {
            return Optional.empty();
        }
        Optional<String> pin = hold.map(found -> found.attribution().pinSku())
                .or(() -> Optional.ofNullable(order.evidence().get(PIN)).flatMap(Attributions::sku));
        return shows.find(named)
                .filter(show -> show.brand().equals(brand))
                .map(show -> attribution(order, show, pin.orElseGet(() -> pinned(show, order)), "evidence/1"));
    }

    private Optional<Attribution> byLiveWindow(String brand, Order order) {
        return shows.liveAt(brand, order.placedAt())
                .map(show -> attribution(order, show, pinned(show, order), "live-window/1"));
    }

    private @Nullable String pinned(Show show, Order order) {
        return runSheet.pinnedAt(show.id(), order.placedAt())
                .map(pin -> pin.sku().value())
                .orElse(null);
    }

    private static Attribution attribution(Order order, @Nullable Show show, @Nullable String pin, String rule) {
        return new Attribution(
                order.channel(),
                show == null ? null : show.id(),
                show == null ? null : show.host(),
                pin,
                show == null ? null : mediaTime(show, order.placedAt()),
                false,
                campaign(order.evidence()),
                order.placedAt(),
                rule);
    }

    private static @Nullable Long mediaTime(Show show, Instant at) {
        Instant started = show.startedAt();
        Instant ended = show.endedAt();
        if (started == null || at.isBefore(started) || (ended != null && at.isAfter(ended))) {
            return null;
        }
        return Duration.between(started, at).toMillis();
    }

    private static Map<String, String> campaign(Map<String, String> evidence) {
        Map<String, String> campaign = new TreeMap<>(evidence);
        campaign.keySet().removeIf(name -> !name.startsWith("utm_"));
        return campaign;
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            // Evidence is whatever a shop let through: what is not an id is no evidence.
            return Optional.empty();
        }
    }

    private static Optional<String> sku(String text) {
        try {
            return Optional.of(new Sku(text).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
