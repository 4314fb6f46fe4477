package dev.weir.orders.internal;

import dev.weir.connectors.Sku;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.reservation.Hold;
import dev.weir.reservation.Reservations;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which show does each rule name? A rule never changes: another wording of it is another rule. Thread-safe. */
final class ShowRules {
    /** A hold of ours that the shop noted. */
    private static final String HOLD = "weir_hold";

    /** A show of ours, by id or slug, that the shop noted. */
    private static final String SHOW = "weir_show";

    /** What was pinned at the tap. */
    private static final String PIN = "weir_pin";

    private static final String CAMPAIGN = "utm_campaign";
    private static final Duration AFTERGLOW = Duration.ofHours(24);
    private static final int SHOWS_LOOKED_AT = 200;

    private final Shows shows;
    private final RunSheet runSheet;
    private final Reservations reservations;

    ShowRules(Shows shows, RunSheet runSheet, Reservations reservations) {
        this.shows = shows;
        this.runSheet = runSheet;
        this.reservations = reservations;
    }

    /** What a rule found. */
    record Found(Show show, @Nullable String pin, String reason) {}

    /** {@code evidence/1}: the shop noted our hold or our show. */
    Optional<Found> noted(Facts facts) {
        Optional<Hold> hold = Optional.ofNullable(facts.evidence().get(HOLD))
                .flatMap(ShowRules::uuid)
                .flatMap(reservations::find)
                .filter(found -> found.brand().equals(facts.brand()));
        String named = hold.map(found -> found.showId().toString())
                .orElse(facts.evidence().get(SHOW));
        Optional<String> pin = hold.map(found -> found.attribution().pinSku())
                .or(() -> Optional.ofNullable(facts.evidence().get(PIN)).flatMap(ShowRules::sku));
        String reason = hold.isPresent() ? "the shop noted our hold" : "the shop noted our show";
        return own(facts, named)
                .map(show -> new Found(show, pin.orElseGet(() -> pinned(show, facts.placedAt())), reason));
    }

    /** {@code live-window/1}: a show was on air. */
    Optional<Found> onAir(Facts facts) {
        return shows.liveAt(facts.brand(), facts.placedAt())
                .map(show -> new Found(show, pinned(show, facts.placedAt()), "the show was on air"));
    }

    /** {@code campaign/1}: the buyer came by a link that names a show. */
    Optional<Found> campaign(Facts facts) {
        return own(facts, facts.evidence().get(CAMPAIGN))
                .map(show -> new Found(show, pinned(show, facts.placedAt()), CAMPAIGN + " names the show"));
    }

    /** {@code live-product/1}: a show was on air, and sold one of these products. */
    Optional<Found> onAirWithIt(Facts facts) {
        return shows.liveAt(facts.brand(), facts.placedAt())
                .flatMap(show -> sold(show, facts)
                        .map(sku -> new Found(
                                show, pinned(show, facts.placedAt()), "the show was on air and sold " + sku)));
    }

    /** {@code after-show/1}: a show that sold one of these products had ended at most 24 h before. */
    Optional<Found> afterwards(Facts facts) {
        Instant since = facts.placedAt().minus(AFTERGLOW);
        return shows.list(facts.brand(), SHOWS_LOOKED_AT).stream()
                .filter(show -> endedWithin(show, since, facts.placedAt()))
                .sorted(Comparator.comparing(ShowRules::end).reversed())
                .flatMap(show -> sold(show, facts)
                        .map(sku -> new Found(show, null, "the show sold " + sku + " and ended at " + end(show)))
                        .stream())
                .findFirst();
    }

    private static Instant end(Show show) {
        Instant ended = show.endedAt();
        return ended == null ? Instant.MAX : ended;
    }

    private static boolean endedWithin(Show show, Instant since, Instant at) {
        return !end(show).isAfter(at) && !end(show).isBefore(since);
    }

    private Optional<Sku> sold(Show show, Facts facts) {
        return facts.skus().stream()
                .sorted()
                .filter(sku -> runSheet.item(show.id(), sku).isPresent())
                .findFirst();
    }

    private Optional<Show> own(Facts facts, @Nullable String named) {
        return named == null
                ? Optional.empty()
                : shows.find(named).filter(show -> show.brand().equals(facts.brand()));
    }

    private @Nullable String pinned(Show show, Instant at) {
        return runSheet.pinnedAt(show.id(), at).map(pin -> pin.sku().value()).orElse(null);
    }

    private static Optional<String> sku(String text) {
        try {
            return Optional.of(new Sku(text).value());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            // Evidence is whatever a shop let through: what is not an id is no evidence.
            return Optional.empty();
        }
    }
}
