package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;

/**
 * How many batch calls may a catalogue make in a minute? Meta's formula is 8 + 8 × log2(product views of 28 days); the
 * stand-in is a large brand's catalogue, with room for a show, unless it is new. Answers tell the share used, in percent; no
 * answer names a wait but by the minutes in there. Thread-safe.
 */
final class CallBudget {
    static final int CALLS_PER_MINUTE = 600;
    static final int OF_A_NEW_CATALOGUE = 8;
    private static final int APP_CALLS_PER_HOUR = 40_000;
    private static final int CALLS_PER_HOUR = 20_000;

    private final Habits habits;
    private final Clock clock;
    private long minute;
    private int calls;
    private long hour;
    private int appCalls;
    private int tooMany;

    CallBudget(Habits habits, Clock clock) {
        this.habits = habits;
        this.clock = clock;
    }

    /** Counts a call of any kind. */
    synchronized void call() {
        roll();
        appCalls++;
    }

    /** Counts one batch call; refuses it when the minute's allowance is spent. */
    synchronized void spend() {
        roll();
        calls++;
        if (habits.has(Habit.ABRUPT_VOLUME)) {
            throw GraphError.of(
                    613, 1996, "(#613) Calls to this api have exceeded the rate limit: abrupt change of volume");
        }
        if (over()) {
            tooMany++;
            throw GraphError.of(80014, "(#80014) There have been too many batch calls for this catalog");
        }
    }

    /** How many batch calls were refused for being too many. */
    synchronized int tooMany() {
        return tooMany;
    }

    /** The value of {@code X-App-Usage}. */
    synchronized String app() {
        roll();
        int percent = appCalls * 100 / APP_CALLS_PER_HOUR;
        return SandboxStore.document()
                .put("call_count", percent)
                .put("total_time", percent / 2)
                .put("total_cputime", percent / 2)
                .toString();
    }

    /** The value of {@code X-Business-Use-Case-Usage}: an object of arrays, waits in minutes, of batches or of all else. */
    synchronized String usage(boolean batch) {
        roll();
        boolean closed = batch && over();
        int percent = batch ? calls * 100 / allowance() : appCalls * 100 / CALLS_PER_HOUR;
        ObjectNode usage = SandboxStore.document();
        usage.putArray(Meta.CATALOGUE)
                .addObject()
                .put("type", batch ? "catalog_batch" : "catalog_management")
                .put("call_count", closed ? Math.max(101, percent) : percent)
                .put("total_cputime", percent / 4)
                .put("total_time", percent / 4)
                .put("estimated_time_to_regain_access", closed ? 1 : 0);
        return usage.toString();
    }

    private boolean over() {
        return calls > allowance() || habits.has(Habit.THROTTLED);
    }

    private int allowance() {
        return habits.has(Habit.NEW_CATALOGUE) ? OF_A_NEW_CATALOGUE : CALLS_PER_MINUTE;
    }

    private void roll() {
        long now = clock.instant().getEpochSecond();
        if (now / 60 != minute) {
            minute = now / 60;
            calls = 0;
        }
        if (now / 3_600 != hour) {
            hour = now / 3_600;
            appCalls = 0;
        }
    }
}
