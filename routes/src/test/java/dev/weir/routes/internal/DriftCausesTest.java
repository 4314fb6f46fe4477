package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.internal.DriftCauses.Judgement;
import dev.weir.routes.internal.DriftCauses.Remedy;
import dev.weir.routes.internal.DriftCauses.Sight;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftCausesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(3_600);

    @Test
    void numberThatTheShopWasNotTold_isUnderWay_andAfterAWhileOurFault() {
        is(judge(10, null, 3, null), Cause.IN_FLIGHT, Remedy.WAIT);
        is(judge(10, null, 3, NOW.minusSeconds(700)), Cause.OURS, Remedy.HEAL);
        is(judge(10, told(12, LONG_AGO, null), 12, null), Cause.IN_FLIGHT, Remedy.WAIT);
        is(judge(10, told(12, LONG_AGO, null), 12, NOW.minusSeconds(700)), Cause.OURS, Remedy.HEAL);
    }

    @Test
    void numberThatTheShopRefused_isForAPerson() {
        Told refused = new Told(12, LONG_AGO, Set.of(10, 12), "REJECTED: not tracked", null, null);
        Judgement judgement = judge(10, refused, 12, null);
        is(judgement, Cause.REFUSED, Remedy.ASK);
        assertThat(judgement.words()).contains("not tracked");
    }

    @Test
    void earlierNumber_isAnEchoForTwoMinutes_andALostWriteLater() {
        is(judge(10, told(10, NOW.minusSeconds(30), null), 12, null), Cause.LATE_ECHO, Remedy.WAIT);
        is(judge(10, told(10, LONG_AGO, null), 12, null), Cause.OURS, Remedy.HEAL);
    }

    @Test
    void numberThatTheShopItselfTold_isAnEdit() {
        is(judge(10, told(10, LONG_AGO, 7), 7, null), Cause.MANUAL_EDIT, Remedy.HEAL);
        is(judge(10, told(10, LONG_AGO, 12), 12, null), Cause.MANUAL_EDIT, Remedy.HEAL);
    }

    @Test
    void fallAtAShopThatDoesNotTellItsOrders_isForAPerson_andARiseIsAnEdit() {
        Told told = told(10, LONG_AGO, null);
        is(DriftCauses.judge(new Sight(10, told, 7, 0, null, false), NOW), Cause.UNKNOWN, Remedy.ASK);
        is(DriftCauses.judge(new Sight(10, told, 14, 0, null, false), NOW), Cause.MANUAL_EDIT, Remedy.HEAL);
        is(DriftCauses.judge(new Sight(10, told, 7, 0, null, true), NOW), Cause.MANUAL_EDIT, Remedy.HEAL);
    }

    @Test
    void numberThatWasHealedTwiceToday_isAnotherWriters() {
        is(
                DriftCauses.judge(new Sight(10, told(10, LONG_AGO, null), 7, 2, null, true), NOW),
                Cause.OTHER_WRITER,
                Remedy.ASK);
    }

    private static Told told(int available, Instant at, Integer said) {
        return new Told(available, at, Set.copyOf(List.of(available, 12)), null, said, said == null ? null : LONG_AGO);
    }

    private static Judgement judge(int wanted, Told told, int seen, Instant since) {
        return DriftCauses.judge(new Sight(wanted, told, seen, 0, since, true), NOW);
    }

    private static void is(Judgement judgement, Cause cause, Remedy remedy) {
        assertThat(judgement.cause()).isEqualTo(cause);
        assertThat(judgement.remedy()).isEqualTo(remedy);
    }
}
