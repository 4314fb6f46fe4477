package dev.weir.bench.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Ten seeds of the fire, shorter than {@code bench/run Fire}'s, and the two naive shops that it must find out. */
class FireTest {
    private static final int SEEDS = 10;
    /** A naive shop is not unlucky in every run: about one in three shows what is wrong. */
    private static final int MOST_TRIES = 25;

    private static final FireSettings SHORT = new FireSettings(4, 2, 24, 1_000, 1_000, EnumSet.allOf(Fault.Kind.class));

    @Test
    void tenSeedsAndPeace_breakNoPromise() throws Exception {
        var softly = new SoftAssertions();
        try (FireCampaign campaign = FireCampaign.weir(SHORT)) {
            campaign.warmUp(2);
            // Where nothing fails, each "sold out" must be true as well.
            judge(softly, campaign.peace(0));
            for (long seed = 1; seed <= SEEDS; seed++) {
                judge(softly, campaign.run(seed));
            }
        }
        softly.assertAll();
    }

    private static void judge(SoftAssertions softly, Verdict verdict) {
        softly.assertThat(verdict.broken())
                .as("%s %s", verdict.line(), verdict.faults())
                .isEmpty();
        softly.assertThat(verdict.tally().committed()).as(verdict.line()).isPositive();
    }

    @Test
    void plainDecr_overLaggingReplica_isFoundOut() throws Exception {
        isFoundOut(DecrShop.class, Set.of(Fault.Kind.REDIS_FAILOVER));
    }

    @Test
    void keysWithTtl_overPausedDatabase_areFoundOut() throws Exception {
        isFoundOut(TtlShop.class, Set.of(Fault.Kind.POSTGRES_PAUSE));
    }

    /** Good while nothing fails, so that it is the fault that is found and not a lesser one. */
    private static void isFoundOut(Class<?> shop, Set<Fault.Kind> faults) throws Exception {
        try (FireCampaign campaign = FireCampaign.of(shop, SHORT.with(faults))) {
            assertThat(campaign.peace(1).broken()).noneMatch(FireTest::oversold);
            for (long seed = 1; seed <= MOST_TRIES; seed++) {
                if (campaign.run(seed).broken().stream().anyMatch(FireTest::oversold)) {
                    return;
                }
            }
        }
        throw new AssertionError(shop.getSimpleName() + ": not found out in " + MOST_TRIES + " seeds");
    }

    private static boolean oversold(String broken) {
        return broken.startsWith("oversold");
    }
}
