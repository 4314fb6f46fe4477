package dev.weir.bench.whep;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What does a window of measuring say about all viewers together?
 *
 * @param viewers each one's figures over the window
 * @param seconds length of the window
 */
public record CrowdReport(List<ViewerFigures> viewers, double seconds) {

    /** True when everyone played and no packet was missed by anyone. */
    public boolean clean() {
        return playing() == viewers.size() && sum(ViewerFigures::lost) == 0 && sum(ViewerFigures::forged) == 0;
    }

    /** How many received to the end. */
    public long playing() {
        return viewers.stream().filter(v -> v.playing() && v.packets() > 0).count();
    }

    /** What was received. */
    public String traffic() {
        return String.format(
                Locale.ROOT,
                "%d of %d playing, %,.0f packets/s, %.1f Mbit/s, %.1f pictures/s each",
                playing(),
                viewers.size(),
                sum(ViewerFigures::packets) / seconds,
                sum(ViewerFigures::bytes) * 8e-6 / seconds,
                sum(ViewerFigures::pictures) / seconds / Math.max(1, playing()));
    }

    /** What was missed. */
    public String losses() {
        return String.format(
                Locale.ROOT,
                "lost %d, recovered %d, late %d, twice %d, forged %d, pictures broken %d, freezes > 200 ms %d",
                sum(ViewerFigures::lost),
                sum(ViewerFigures::recovered),
                sum(ViewerFigures::late),
                sum(ViewerFigures::repeated),
                sum(ViewerFigures::forged),
                sum(ViewerFigures::brokenPictures),
                sum(ViewerFigures::freezes));
    }

    /** How steadily. */
    public String gaps() {
        return String.format(
                Locale.ROOT,
                "between pictures p50 %d ms, p99 %d ms, p99.9 %d ms; longest without a packet %d ms",
                gap(0.5),
                gap(0.99),
                gap(0.999),
                viewers.stream().mapToLong(ViewerFigures::longestGap).max().orElse(0) / 1_000_000);
    }

    /** How fast it began. */
    public String joins() {
        return String.format(
                Locale.ROOT,
                "from the answer to the first packet p50 %d ms, p95 %d ms; to the first whole key picture p50 %d ms, p95 %d ms",
                millis(ViewerFigures::firstPacket, 0.5),
                millis(ViewerFigures::firstPacket, 0.95),
                millis(ViewerFigures::firstKey, 0.5),
                millis(ViewerFigures::firstKey, 0.95));
    }

    /** Why some do not play: the first reason; empty when all do. */
    public String failure() {
        return viewers.stream()
                .map(ViewerFigures::failure)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("");
    }

    private long sum(ToLongFunction<ViewerFigures> what) {
        return viewers.stream().mapToLong(what).sum();
    }

    private long millis(ToLongFunction<ViewerFigures> what, double quantile) {
        long[] sorted =
                viewers.stream().mapToLong(what).filter(v -> v >= 0).sorted().toArray();
        return sorted.length == 0 ? -1 : sorted[(int) Math.round(quantile * (sorted.length - 1))] / 1_000_000;
    }

    private int gap(double quantile) {
        long[] all = new long[PictureWatch.BUCKETS];
        for (ViewerFigures viewer : viewers) {
            Arrays.setAll(all, i -> all[i] + viewer.gaps()[i]);
        }
        long total = Arrays.stream(all).sum();
        long seen = 0;
        for (int i = 0; i < all.length; i++) {
            seen += all[i];
            if (seen > 0 && seen >= quantile * total) {
                return i;
            }
        }
        return 0;
    }
}
