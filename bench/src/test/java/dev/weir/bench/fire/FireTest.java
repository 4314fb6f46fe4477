package dev.weir.bench.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Ten seeds of the fire, shorter than {@code bench/run Fire}'s, and the two naive shops that it must find out. Most of a run is
 * waiting, so two burn at once.
 */
class FireTest {
    private static final int SEEDS = 10;
    private static final int AT_ONCE = 2;
    /** A naive shop is not unlucky in every run: about one in three shows what is wrong. */
    private static final int MOST_TRIES = 25;

    private static final FireSettings SHORT = new FireSettings(3, 2, 24, 1_000, 1_000, EnumSet.allOf(Fault.Kind.class));

    private static final ExecutorService FIRES = Executors.newFixedThreadPool(AT_ONCE);
    private static final List<Future<List<Verdict>>> WEIR = new ArrayList<>();
    private static final List<Future<String>> NAIVE = new ArrayList<>();

    @BeforeAll
    static void light() {
        for (int i = 0; i < AT_ONCE; i++) {
            int first = i;
            WEIR.add(FIRES.submit(() -> burn(first)));
        }
        NAIVE.add(FIRES.submit(() -> whatIsFoundOut(DecrShop.class, Set.of(Fault.Kind.REDIS_FAILOVER))));
        NAIVE.add(FIRES.submit(() -> whatIsFoundOut(TtlShop.class, Set.of(Fault.Kind.POSTGRES_PAUSE))));
    }

    @AfterAll
    static void stop() {
        FIRES.shutdownNow();
    }

    /** Every second seed; and, of the first, peace: where nothing fails, each "sold out" must be true as well. */
    private static List<Verdict> burn(int first) throws Exception {
        List<Verdict> verdicts = new ArrayList<>();
        try (FireCampaign campaign = FireCampaign.weir(SHORT)) {
            campaign.warmUp(1);
            if (first == 0) {
                verdicts.add(campaign.peace(0));
            }
            for (long seed = 1 + first; seed <= SEEDS; seed += AT_ONCE) {
                verdicts.add(campaign.run(seed));
            }
        }
        return verdicts;
    }

    @Test
    void tenSeedsAndPeace_breakNoPromise() throws Exception {
        var softly = new SoftAssertions();
        int burnt = 0;
        for (Future<List<Verdict>> half : WEIR) {
            for (Verdict verdict : half.get()) {
                burnt++;
                softly.assertThat(verdict.broken())
                        .as("%s %s", verdict.line(), verdict.faults())
                        .isEmpty();
                softly.assertThat(verdict.tally().committed())
                        .as(verdict.line())
                        .isPositive();
            }
        }
        softly.assertThat(burnt).isEqualTo(SEEDS + 1);
        softly.assertAll();
    }

    @Test
    void naiveShops_areFoundOut_eachByTheFaultThatItForgot() throws Exception {
        assertThat(NAIVE.getFirst().get()).as("DECR over a replica that lags").startsWith("oversold");
        assertThat(NAIVE.getLast().get())
                .as("keys with a TTL over a database that pauses")
                .startsWith("oversold");
    }

    /** Good while nothing fails, so that it is the fault that is found and not a lesser one. */
    private static String whatIsFoundOut(Class<?> shop, Set<Fault.Kind> faults) throws Exception {
        try (FireCampaign campaign = FireCampaign.of(shop, SHORT.with(faults))) {
            assertThat(campaign.peace(1).broken()).noneMatch(FireTest::oversold);
            for (long seed = 1; seed <= MOST_TRIES; seed++) {
                for (String broken : campaign.run(seed).broken()) {
                    if (oversold(broken)) {
                        return broken;
                    }
                }
            }
        }
        return "not found out in " + MOST_TRIES + " seeds";
    }

    private static boolean oversold(String broken) {
        return broken.startsWith("oversold");
    }
}
