package dev.weir.simulcast.internal.rtp;

/**
 * What a receiver reports about one source (RFC 3550 §6.4.1, §A.3, §A.8). Times are in nanoseconds of a clock that does
 * not go back. Not thread-safe.
 */
public final class Reception {

    private static final long NANOS = 1_000_000_000L;
    private static final int MAX_MISORDER = 1024;

    private final int ssrc;
    private final int clockRate;
    private boolean started;
    private long base;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int transit;
    private double jitter;
    private int lastReport;
    private long lastReportAt;
    private boolean reported;

    /** Nothing received yet. */
    public Reception(int ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    /**
     * What goes into a report.
     *
     * @param fractionLost of 256, since the report before
     * @param cumulativeLost 24 bits with sign
     * @param highest sequence number, with the wraps above 16 bits
     * @param jitter in units of the clock
     * @param lastReport middle 32 bits of the publisher's last NTP time; 0 when none came
     * @param delay since then, in 1/65536 s
     */
    public record Block(
            int ssrc, int fractionLost, int cumulativeLost, int highest, int jitter, int lastReport, int delay) {}

    /** Counts a packet as it comes in, also one sent again. */
    public void received(ReceivedRtp packet, long nanos) {
        long place = started ? highest + (short) (packet.sequence() - (int) highest) : packet.sequence();
        if (!started || highest - place > MAX_MISORDER) {
            base = packet.sequence();
            highest = base;
            received = 0;
            expectedBefore = 0;
            receivedBefore = 0;
        }
        int now = (int) (nanos / NANOS * clockRate + nanos % NANOS * clockRate / NANOS);
        int passed = now - packet.timestamp();
        if (started) {
            jitter += (Math.abs((double) (passed - transit)) - jitter) / 16;
        }
        transit = passed;
        started = true;
        highest = Math.max(highest, place);
        received++;
    }

    /** The publisher's own report came. */
    public void reported(SenderReport report, long nanos) {
        lastReport = (int) (report.ntp() >>> 16);
        lastReportAt = nanos;
        reported = true;
    }

    /** True once a packet has come. */
    public boolean isStarted() {
        return started;
    }

    /** Packets that should have come so far. */
    public long expected() {
        return started ? highest - base + 1 : 0;
    }

    /** The report for now; the next one counts from here. */
    public Block report(long nanos) {
        long expected = expected();
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
        int lost = Math.clamp(expected - received, -0x800000, 0x7FFFFF);
        long delay = reported ? (nanos - lastReportAt) / 1000 * 65536 / 1_000_000 : 0;
        return new Block(
                ssrc, fraction, lost, (int) highest, (int) Math.min(jitter, Integer.MAX_VALUE), lastReport, (int)
                        delay);
    }
}
