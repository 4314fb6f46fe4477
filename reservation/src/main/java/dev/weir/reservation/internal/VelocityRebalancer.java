package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.AllocationOutcome;
import dev.weir.reservation.Allocations;
import dev.weir.reservation.ChannelPolicy;
import dev.weir.reservation.Leases;
import dev.weir.reservation.Rebalancer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** One SKU a transaction, each of which finds the lease still standing or does nothing. */
public final class VelocityRebalancer implements Rebalancer {
    private static final Logger LOG = LoggerFactory.getLogger(VelocityRebalancer.class);
    private static final String JOB = "rebalance";
    private static final Duration LEASE = Duration.ofSeconds(15);
    /** An allocation that was just changed is left alone for so long. */
    static final Duration REST = Duration.ofSeconds(30);

    private static final String CAUSE = "rebalance";
    private static final String RETURNED = "show/over";

    private final Ledger ledger;
    private final Gate gate;
    private final TransactionTemplate own;
    private final Leases leases;
    private final AllocationRows rows;
    private final PolicyRows policies;
    private final SalesRows sales;
    private final String holder = "hub/" + UUID.randomUUID();

    /** {@code own} starts a transaction of its own. */
    public VelocityRebalancer(Ledger ledger, Gate gate, TransactionTemplate own, Leases leases) {
        this.ledger = ledger;
        this.gate = gate;
        this.own = own;
        this.leases = leases;
        this.rows = new AllocationRows(ledger.jdbc());
        this.policies = new PolicyRows(ledger.jdbc());
        this.sales = new SalesRows(ledger.jdbc());
    }

    @Override
    public int rebalance(Map<String, Set<Sku>> onAir) {
        int changed = 0;
        try {
            Optional<Leases.Lease> lease = leases.take(JOB, holder, LEASE);
            if (lease.isEmpty()) {
                return 0;
            }
            for (Map.Entry<String, Set<Sku>> brand : onAir.entrySet()) {
                // A transaction for each of a show's products, most of which no channel owns, kept buyers' own from the
                // disk.
                for (Sku sku : policies.allocating(brand.getKey(), brand.getValue())) {
                    changed += inLease(lease.get(), () -> balance(brand.getKey(), sku));
                }
            }
            for (Map.Entry<String, List<Sku>> brand : rows.onAir().entrySet()) {
                for (Sku sku : brand.getValue()) {
                    if (!onAir.getOrDefault(brand.getKey(), Set.of()).contains(sku)) {
                        changed += inLease(lease.get(), () -> giveBack(brand.getKey(), sku));
                    }
                }
            }
        } catch (LeaseLost e) {
            LOG.info("rebalance: another hub has taken over after {} changes", changed);
        } catch (RuntimeException e) {
            LOG.warn("rebalance: stopped after {} changes, the rest at the next call ({})", changed, e.toString());
        }
        return changed;
    }

    private interface Work {
        int changed();
    }

    private static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private int inLease(Leases.Lease lease, Work work) {
        Integer changed = own.execute(status -> {
            if (!leases.stands(lease)) {
                throw new LeaseLost();
            }
            return work.changed();
        });
        return changed == null ? 0 : changed;
    }

    private int giveBack(String brand, Sku sku) {
        AllocationBook book = AllocationBook.openAsIs(ledger, rows, brand, sku);
        if (book == null) {
            return 0;
        }
        Map<String, ChannelPolicy.Allocate> allocated = allocated(brand, sku);
        int returned = book.giveBack(
                channel -> {
                    ChannelPolicy.Allocate policy = allocated.get(channel);
                    return policy == null ? 0 : policy.floor();
                },
                RETURNED);
        book.flush(gate);
        return returned;
    }

    private int balance(String brand, Sku sku) {
        Map<String, ChannelPolicy.Allocate> allocated = allocated(brand, sku);
        if (allocated.isEmpty()) {
            return 0;
        }
        AllocationBook book = AllocationBook.open(ledger, rows, brand, sku);
        if (book == null) {
            return 0;
        }
        Map<String, Long> sold = sales.lately(brand, sku, book.now());
        List<Balance.Part> parts = new ArrayList<>();
        allocated.forEach((channel, policy) -> parts.add(new Balance.Part(
                channel,
                policy,
                book.row(channel).limited(policy.ceiling()),
                Math.max(0, sold.getOrDefault(channel, 0L)))));
        long others = sold.entrySet().stream()
                .filter(entry -> !allocated.containsKey(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        int changed = apply(book, parts, Balance.of(book.sellable(), parts, others));
        book.flush(gate);
        return changed;
    }

    private static int apply(AllocationBook book, List<Balance.Part> parts, Balance balance) {
        int changed = 0;
        for (Balance.Part part : parts) {
            AllocationRow row = book.row(part.channel());
            boolean due = balance.isOff(part, row.promised())
                    && (Balance.isOutside(part, row.promised()) || isRested(row, book.now()));
            int wanted = balance.wanted(part.channel());
            int size = wanted < row.promised()
                    ? wanted
                    : balance.reachable(part, row.promised(), book.stock().ready());
            boolean moves = due && size != row.promised();
            if (moves) {
                AllocationOutcome outcome = book.resize(part.channel(), size, CAUSE);
                LOG.debug("rebalance: {} to {}: {}", part.channel(), size, outcome);
                changed++;
            }
            book.note(book.row(part.channel()).onAir(book.now(), moves));
        }
        return changed;
    }

    private static boolean isRested(AllocationRow row, Instant now) {
        Instant last = row.balancedAt();
        return last == null || !last.plus(REST).isAfter(now);
    }

    private Map<String, ChannelPolicy.Allocate> allocated(String brand, Sku sku) {
        Map<String, ChannelPolicy.Allocate> allocated = new HashMap<>();
        for (Allocations.PolicyOf policy : policies.of(brand, sku)) {
            if (policy.policy() instanceof ChannelPolicy.Allocate allocate) {
                allocated.put(policy.channel(), allocate);
            }
        }
        return allocated;
    }
}
