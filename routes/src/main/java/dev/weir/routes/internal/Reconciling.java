package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.routes.ConnectionChores;
import dev.weir.routes.DriftSettings;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.Phase;
import dev.weir.routes.Drifts.State;
import dev.weir.routes.internal.DriftRows.Due;
import dev.weir.routes.internal.DriftRuns.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What does a shop show otherwise than we expect, and why? A run reads its numbers, asks for its orders, reads its listings when they are
 * due, and heals at the end, when it is known how much there is to heal. Each step is stored, so that a run that was cut short goes on,
 * and one that takes long is done in turns.
 */
final class Reconciling implements Chore {
    /** Half of a chore's lease. */
    private static final Duration TURN = Duration.ofMinutes(5);

    /** Orders' clocks and ours differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    /** So few may be healed whatever their part in a small shop. */
    private static final int FEW = 10;

    private static final int LISTINGS_AT_ONCE = 500;

    private final Wiring wiring;
    private final DriftSettings settings;
    private final Parts parts;

    Reconciling(Wiring wiring, DriftSettings settings, Parts parts) {
        this.wiring = wiring;
        this.settings = settings;
        this.parts = parts;
    }

    record Parts(
            DriftRuns runs,
            DriftRows rows,
            ChoreRows chores,
            StockDrift stock,
            OrderDrift orders,
            ListingDrift listings,
            DriftHealer healer,
            SentListings sent,
            CatalogueNews news) {}

    @Override
    public ConnectionChores.Kind kind() {
        return ConnectionChores.Kind.DRIFT;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.STOCK_READ);
    }

    @Override
    public Duration every() {
        return settings.every();
    }

    /** A shop that was just connected is still being told its numbers. */
    @Override
    public Duration first() {
        Duration settled = Duration.ofMinutes(10);
        return every().compareTo(settled) < 0 ? every() : settled;
    }

    @Override
    public Done run(Connection shop, Instant mark) {
        Run run = parts.runs().begin(shop, settings.heals() ? Mode.HEAL : Mode.REPORT);
        try {
            return work(shop, run, mark);
        } catch (DriftRuns.Superseded elsewhere) {
            return new Done(mark, "carried on elsewhere");
        } catch (RuntimeException e) {
            parts.runs().failed(run, FaultPolicy.reason(e), isFinal(e));
            throw e;
        }
    }

    private static boolean isFinal(RuntimeException e) {
        return e instanceof ChannelException refusal
                && switch (refusal.fault()) {
                    case REJECTED, UNSUPPORTED, UNAUTHORISED -> true;
                    case TRANSIENT, THROTTLED, OUTCOME_UNKNOWN, CONFLICT, NOT_FOUND -> false;
                };
    }

    private Done work(Connection shop, Run begun, Instant mark) {
        Instant until = wiring.clock().instant().plus(TURN);
        @Nullable Run run = begun;
        while (run != null) {
            if (wiring.clock().instant().isAfter(until)) {
                parts.chores().soon(shop.id(), kind(), Duration.ZERO);
                return new Done(mark, "under way: " + run.phase());
            }
            run = step(shop, run, mark);
        }
        return new Done(begun.beganAt().minus(OVERLAP), "compared");
    }

    /** One page or phase; null when the run is through. */
    private @Nullable Run step(Connection shop, Run run, Instant mark) {
        return switch (run.phase()) {
            case STOCK -> {
                StockDrift.Page page = parts.stock().page(shop, run);
                yield page.isLast() ? next(shop, page.run(), Kind.STOCK, Phase.ORDERS) : page.run();
            }
            case ORDERS -> {
                Instant window = wiring.clock().instant().minus(settings.window());
                Run read = parts.orders().all(shop, run, mark.isBefore(window) ? mark : window);
                yield next(shop, read, Kind.ORDER, run.isListing() ? Phase.LISTINGS : Phase.HEAL);
            }
            case LISTINGS -> next(shop, parts.listings().all(shop, run), Kind.LISTING, Phase.HEAL);
            case HEAL -> heal(shop, run);
        };
    }

    /** What earlier runs found and this one did not is over. */
    private Run next(Connection shop, Run run, Kind over, Phase phase) {
        int gone = parts.rows().endRest(shop, over, run);
        Run counted = parts.runs().moved(run, "", new DriftRuns.Counts(0, 0, 0, 0, gone));
        Run next = parts.runs().next(counted, phase);
        if (phase == Phase.HEAL && run.mode() == Mode.HEAL && !run.forced()) {
            limit(next);
        }
        return next;
    }

    /** Above the limits nothing is healed by itself. */
    private void limit(Run run) {
        String why = above(run);
        if (why != null) {
            parts.rows().holdBack(run);
            parts.runs().heldBack(run, why);
        }
    }

    private @Nullable String above(Run run) {
        int count = parts.rows().candidates(run);
        long looked = parts.runs().skus(run);
        if (count > settings.mostSkus()) {
            return count + " differ, more than the " + settings.mostSkus() + " that a run heals by itself";
        }
        if (count > FEW && count * 100L > settings.mostPercent() * looked) {
            return count + " of " + looked + " differ, more than the " + settings.mostPercent()
                    + " percent that a run heals by itself";
        }
        if (settings.mostWorth() > 0) {
            for (Money worth : parts.rows().worth(run)) {
                if (worth.minor() > settings.mostWorth()) {
                    return "they are worth " + worth + ", more than the "
                            + new Money(settings.mostWorth(), worth.currency()) + " that a run heals by itself";
                }
            }
        }
        return null;
    }

    private @Nullable Run heal(Connection shop, Run run) {
        boolean hasMore = run.mode() == Mode.HEAL
                && ((wiring.channel(shop).capabilities().contains(Capability.STOCK_WRITE)
                                && parts.healer().batch(shop, run))
                        || listings(shop, run));
        if (hasMore) {
            return parts.runs().moved(run, "", DriftRuns.Counts.NONE);
        }
        parts.runs().done(run);
        return null;
    }

    /** Sends the shop its listings again; false when there are none left. */
    private boolean listings(Connection shop, Run run) {
        List<Due> due = parts.rows().due(run, Kind.LISTING, LISTINGS_AT_ONCE);
        if (due.isEmpty()) {
            return false;
        }
        List<Sku> skus = due.stream().map(one -> new Sku(one.subject())).toList();
        parts.sent().forget(shop.id(), skus);
        parts.news().offer(shop, skus);
        parts.rows().end(due.stream().map(Due::id).toList(), State.HEALED);
        return true;
    }
}
