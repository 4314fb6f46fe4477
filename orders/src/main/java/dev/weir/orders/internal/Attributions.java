package dev.weir.orders.internal;

import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.live.Shows;
import dev.weir.orders.AttributionRules.Claim;
import dev.weir.orders.AttributionRules.Rule;
import dev.weir.orders.AttributionRules.RuleSet;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Reservations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who earned an order that never had a hold? Fixed rules in a fixed order, in numbered sets that never change. All rules of
 * a set are asked, so that the ones that lost are known too.
 */
final class Attributions {
    private static final String NONE = "none/1";

    private final List<Asked> all;
    private final Map<Integer, List<String>> sets = new TreeMap<>(Map.of(
            1, List.of("evidence/1", "live-window/1"),
            2, List.of("evidence/1", "campaign/1", "live-product/1", "after-show/1")));

    Attributions(Shows shows, RunSheet runSheet, Reservations reservations) {
        ShowRules rules = new ShowRules(shows, runSheet, reservations);
        this.all = List.of(
                new Asked("evidence/1", "the shop noted a hold or a show of ours", rules::noted),
                new Asked("live-window/1", "a show of the brand was on air", rules::onAir),
                new Asked("campaign/1", "the buyer came by a link whose utm_campaign is a show", rules::campaign),
                new Asked("live-product/1", "a show on air sold one of the products", rules::onAirWithIt),
                new Asked(
                        "after-show/1",
                        "a show that sold one of the products had ended at most 24 h before",
                        rules::afterwards));
    }

    private record Asked(String name, String words, Function<Facts, Optional<ShowRules.Found>> find) {}

    /** What a set of rules decided, and why; {@code losers} in the order in which they were asked. */
    record Decided(int ruleset, Attribution winner, String reason, List<Claim> losers) {}

    List<RuleSet> sets() {
        return sets.entrySet().stream()
                .map(set -> new RuleSet(set.getKey(), described(set.getValue())))
                .toList();
    }

    boolean knows(int ruleset) {
        return sets.containsKey(ruleset);
    }

    private List<Rule> described(List<String> names) {
        List<Rule> rules = new ArrayList<>(names.stream()
                .map(this::rule)
                .map(rule -> new Rule(rule.name(), rule.words()))
                .toList());
        rules.add(new Rule(NONE, "nobody earned it"));
        return rules;
    }

    private Asked rule(String name) {
        return all.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("rule: " + name + " (expected: one of " + all + ")"));
    }

    Decided decide(int ruleset, Facts facts) {
        List<String> names = sets.get(ruleset);
        if (names == null) {
            throw new IllegalArgumentException("ruleset: " + ruleset + " (expected: one of " + sets.keySet() + ")");
        }
        Decided winner = null;
        List<Claim> losers = new ArrayList<>();
        for (String name : names) {
            Optional<ShowRules.Found> found = rule(name).find().apply(facts);
            if (found.isPresent() && winner == null) {
                winner = decided(ruleset, facts, name, found.get());
            } else {
                found.map(lost -> claim(name, lost)).ifPresent(losers::add);
            }
        }
        return winner == null
                ? new Decided(ruleset, attribution(facts, null, null, NONE), "no rule knew a show", List.of())
                : new Decided(ruleset, winner.winner(), winner.reason(), List.copyOf(losers));
    }

    private static Decided decided(int ruleset, Facts facts, String rule, ShowRules.Found found) {
        return new Decided(ruleset, attribution(facts, found.show(), found.pin(), rule), found.reason(), List.of());
    }

    private static Claim claim(String rule, ShowRules.Found found) {
        return new Claim(rule, found.show().id(), found.show().host(), found.pin(), found.reason());
    }

    private static Attribution attribution(Facts facts, @Nullable Show show, @Nullable String pin, String rule) {
        return new Attribution(
                facts.channel(),
                show == null ? null : show.id(),
                show == null ? null : show.host(),
                pin,
                show == null ? null : mediaTime(show, facts.placedAt()),
                false,
                campaign(facts.evidence()),
                facts.placedAt(),
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
}
