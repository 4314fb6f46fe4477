package dev.weir.bench.glass;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What did a browser show, how old was it, and how steadily? Used by one thread. */
public final class Shown {

    private static final long FREEZE_MILLIS = 200;
    private static final int MOST_TOLD = 20;

    private final WriteTimes written;
    private final List<Long> ages = new ArrayList<>();
    private final List<Long> displayed = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private long firstAt = -1;
    private long lastAt = -1;
    private long longestGap;
    private int freezes;
    private int unread;

    /** Nothing yet. */
    public Shown(WriteTimes written) {
        this.written = written;
    }

    /**
     * One picture.
     *
     * @param number drawn into it
     * @param wallMillis when the page saw it
     * @param untilDisplay milliseconds to the display's next turn, as the browser expects it
     */
    public void add(int number, long wallMillis, double untilDisplay) {
        long age = written.ageMillis(number, wallMillis);
        if (age >= 0) {
            ages.add(age);
            displayed.add(age + Math.round(untilDisplay));
        }
        if (lastAt < 0) {
            firstAt = wallMillis;
        } else {
            gap(wallMillis, wallMillis - lastAt, age);
        }
        lastAt = wallMillis;
    }

    private void gap(long until, long millis, long age) {
        longestGap = Math.max(longestGap, millis);
        if (millis > FREEZE_MILLIS) {
            freezes++;
            if (told.size() < MOST_TOLD) {
                told.add("%d ms at %d s, age then %d ms".formatted(millis, (until - firstAt) / 1000, age));
            }
        }
    }

    /** Pictures whose number could not be read. */
    public void addUnread(int count) {
        unread += count;
    }

    /** One line of figures. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "age p50 %d ms, p95 %d ms, p99 %d ms, max %d ms (to the display p95 %d ms) of %d pictures, %d unread;"
                        + " %d freezes > 200 ms, longest gap %d ms %s",
                quantile(ages, 0.5),
                quantile(ages, 0.95),
                quantile(ages, 0.99),
                quantile(ages, 1),
                quantile(displayed, 0.95),
                ages.size(),
                unread,
                freezes,
                longestGap,
                told);
    }

    static long quantile(List<Long> values, double quantile) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? -1 : sorted.get((int) Math.round(quantile * (sorted.size() - 1)));
    }
}
