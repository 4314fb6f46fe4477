package dev.weir.bench.fire;

import dev.weir.bench.fire.Answer.Word;
import dev.weir.bench.fire.Event.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Is what moved without a hold in the ledger once, as channels were told, and is each shortage a case? */
final class SaleChecks {
    private final LedgerFacts facts;
    private final List<String> broken = new ArrayList<>();

    private SaleChecks(LedgerFacts facts) {
        this.facts = facts;
    }

    static List<String> broken(List<Event> events, LedgerFacts facts) {
        var checks = new SaleChecks(facts);
        Map<String, List<Event>> byCause = new HashMap<>();
        for (Event event : events) {
            if (event.op() == Op.SELL || event.op() == Op.RESTOCK) {
                byCause.computeIfAbsent(event.op() + " " + event.id(), _ -> new ArrayList<>())
                        .add(event);
            }
        }
        byCause.forEach(checks::check);
        facts.causes().stream()
                .filter(cause -> !byCause.containsKey(cause))
                .forEach(cause -> checks.broken.add("moved though nobody asked: " + cause));
        return checks.broken;
    }

    private void check(String cause, List<Event> asked) {
        Map<String, Integer> moved = facts.moved().get(cause);
        boolean told = asked.stream().anyMatch(event -> event.answer().done());
        boolean sure = asked.stream().noneMatch(Event::unsure);
        if (told ? moved == null : sure && moved != null) {
            broken.add("otherwise in the ledger: " + asked);
        }
        if (moved != null && !Wares.explains(asked.getFirst().lines(), moved)) {
            broken.add("moved other units, or more than once: " + moved + " for " + asked);
        }
        if (moved != null && asked.getFirst().op() == Op.RESTOCK) {
            backAsTaken(asked.getFirst(), moved);
        }
        if (asked.getFirst().op() == Op.SELL) {
            boolean wasShort = asked.stream().anyMatch(event -> event.answer().word() == Word.REFUSED);
            Boolean open = facts.cases().get(asked.getFirst().id());
            if (wasShort && open == null) {
                broken.add("short without a case: " + asked);
            }
            if (Boolean.TRUE.equals(open) == (moved != null) && open != null) {
                broken.add("case " + (moved == null ? "settled" : "open") + " otherwise than the sale: " + asked);
            }
        }
    }

    /** A bundle comes back as its hold took it, whatever it is made of by then. */
    private void backAsTaken(Event refund, Map<String, Integer> moved) {
        LedgerFacts.HoldFact hold = facts.holds().get(refund.id().substring(Wares.REFUND.length()));
        moved.forEach((sku, units) -> {
            int taken = hold == null ? 0 : hold.units().getOrDefault(sku, 0);
            if (units > taken) {
                broken.add("came back though its hold took " + taken + ": " + units + " of " + sku + " by " + refund);
            }
        });
    }
}
