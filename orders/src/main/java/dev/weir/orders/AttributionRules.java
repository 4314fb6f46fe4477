package dev.weir.orders;

import dev.weir.connectors.Money;
import dev.weir.reservation.Attribution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who earned an order that never had a hold, by which rules, and what would other rules say? Sets of rules are numbered and
 * never change; each decision is kept with its evidence and with the rules that lost. Thread-safe.
 */
public interface AttributionRules {
    /** Every set there is, oldest first. */
    List<RuleSet> sets();

    /** The set that decides new orders of the brand. */
    int inForce(String brand);

    /** Lets {@code ruleset} decide new orders from now on; IllegalArgumentException when there is no such set. */
    void adopt(String brand, int ruleset);

    /** Every decision on an order, oldest first; empty when the brand has no such order. */
    List<Decision> of(String brand, UUID orderId);

    /**
     * Begins to judge the brand's orders without a hold, placed from {@code from} (inclusive) to {@code to} (exclusive), by
     * {@code ruleset}. Each gets a new decision; what was booked stays booked.
     */
    Run rerun(String brand, int ruleset, Instant from, Instant to);

    /** Where a run of the brand stands. */
    Optional<Run> run(String brand, UUID id);

    /** The brand's runs, newest first; {@code limit} 1..100. */
    List<Run> runs(String brand, int limit);

    /** Which orders a run would have booked elsewhere, at most 500 rows. */
    List<Shift> shifts(String brand, UUID runId);

    /**
     * Carries open runs on for about a second; to be called every few seconds by every hub.
     *
     * @return orders judged
     */
    int carryOn();

    /** {@code rules} in the order in which they are asked: the first that knows an answer wins. */
    record RuleSet(int number, List<Rule> rules) {
        /** Copies the rules. */
        public RuleSet {
            rules = List.copyOf(rules);
        }
    }

    /** @param name with its version, such as {@code live-window/1} */
    record Rule(String name, String words) {}

    /** What a rule that lost would have said. */
    record Claim(
            String rule,
            @Nullable UUID showId,
            @Nullable String host,
            @Nullable String pinSku,
            String reason) {}

    /**
     * @param revision 1 is the first
     * @param ruleset 0 when a hold said it
     * @param cause {@code intake}, {@code restated}, {@code hold/<id>}, {@code rerun/<id>} or {@code booked}
     */
    record Decision(
            int revision,
            int ruleset,
            Attribution winner,
            String reason,
            List<Claim> losers,
            Map<String, String> evidence,
            String cause,
            Instant decidedAt) {}

    /**
     * @param total orders to judge, as counted when it began
     * @param changed of those done, the ones that another show would have earned
     */
    record Run(
            UUID id,
            int ruleset,
            Instant from,
            Instant to,
            boolean isDone,
            long total,
            long done,
            long changed,
            Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** So many orders, worth so much, were booked for one show (null: none) and would now be another's. */
    record Shift(@Nullable UUID fromShow, @Nullable UUID toShow, long orders, Money total) {}
}
