package dev.weir.simulcast.internal.rtp;

/** How long is an Opus packet (RFC 6716 §3.1)? */
public final class OpusPackets {

    /** Ticks a second of the RTP clock, whatever was coded (RFC 7587 §4.1). */
    public static final int CLOCK = 48_000;

    private static final int MAX_TICKS = CLOCK * 120 / 1000;

    private OpusPackets() {}

    /** Length in ticks of 48 kHz; 0 for bytes that are no Opus packet. */
    public static int ticks(byte[] packet) {
        if (packet.length == 0) {
            return 0;
        }
        int frames = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length > 1 ? packet[1] & 63 : 0;
        };
        int ticks = frames * frameTicks((packet[0] & 0xFF) >> 3);
        return ticks > MAX_TICKS ? 0 : ticks;
    }

    private static int frameTicks(int configuration) {
        int step = configuration & 3;
        if (configuration >= 16) {
            return (CLOCK / 400) << step;
        }
        if (configuration >= 12) {
            return (CLOCK / 100) << (configuration & 1);
        }
        return step == 3 ? CLOCK * 60 / 1000 : (CLOCK / 100) << step;
    }
}
