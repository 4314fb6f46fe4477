package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Fairness;
import dev.weir.reservation.FairnessRules;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** The rules as columns of the row of stock, which every grant has locked anyway: to obey them costs no question. */
public final class JdbcFairness implements Fairness {
    private static final String RULES = "select fair, paying_percent, buyer_cap, buyer_needed, pre_order,"
            + " ships_from from stock where brand = ? and sku = ?";

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate joining;

    /** {@code joining} takes part in the caller's transaction. */
    public JdbcFairness(Ledger ledger, Gate gate, TransactionTemplate joining) {
        this.ledger = ledger;
        this.gate = gate;
        this.joining = joining;
    }

    @Override
    public Optional<FairnessRules> rules(String brand, Sku sku) {
        return ledger.jdbc().query(RULES, (rs, n) -> StockBook.rules(rs), brand, sku.value()).stream()
                .findFirst();
    }

    @Override
    public boolean setRules(String brand, Sku sku, FairnessRules rules) {
        return Boolean.TRUE.equals(joining.execute(status -> {
            StockBook book = ledger.openAsIs(brand, List.of(sku), ledger.now());
            StockRow row = book.row(sku);
            if (row == null) {
                return false;
            }
            if (row.promised() - row.onHand() > rules.preOrder()) {
                throw new IllegalArgumentException("preOrder of " + sku + ": " + rules.preOrder() + " (expected: "
                        + (row.promised() - row.onHand()) + " or more, which are promised)");
            }
            book.rule(sku, rules, "rules");
            List<Gate.Settled> changes = book.flush().stream()
                    .map(written -> new Gate.Settled(written.sku(), written, null, 0, null))
                    .toList();
            AfterCommit.run(() -> gate.settle(brand, changes));
            return true;
        }));
    }
}
