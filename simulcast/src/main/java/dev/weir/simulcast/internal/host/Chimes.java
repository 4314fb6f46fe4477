package dev.weir.simulcast.internal.host;

/** Soft plucked tones over a slow chord progression; stereo, floats in -1..1, the same at every start. */
final class Chimes {

    static final int SAMPLE_RATE = 48_000;

    /** Semitones above A2: C major 7, A minor 7, F major 7, G with sixth. */
    private static final int[][] CHORDS = {
        {3, 10, 15, 19, 22}, {0, 7, 12, 15, 19}, {-4, 8, 12, 15, 20}, {-2, 10, 14, 17, 19}
    };

    private static final int[] ORDER = {0, 2, 3, 4, 3, 2, 1, 3};
    private static final int NOTE = SAMPLE_RATE * 3 / 8;
    private static final int NOTES_PER_CHORD = 8;
    private static final int OVERLAP = 4;

    /** Fills both channels from the given sample position on. */
    void fill(long position, float[] left, float[] right) {
        for (int i = 0; i < left.length; i++) {
            long at = position + i;
            double l = 0;
            double r = 0;
            for (int back = 0; back < OVERLAP; back++) {
                long index = at / NOTE - back;
                if (index >= 0) {
                    double tone = tone(index, (at - index * NOTE) / (double) SAMPLE_RATE);
                    double pan = 0.5 + 0.3 * ((index % 4) / 1.5 - 1);
                    l += tone * (1 - pan);
                    r += tone * pan;
                }
            }
            left[i] = (float) l;
            right[i] = (float) r;
        }
    }

    private static double tone(long index, double seconds) {
        int[] chord = CHORDS[(int) (index / NOTES_PER_CHORD % CHORDS.length)];
        double frequency = 110 * Math.pow(2, chord[ORDER[(int) (index % ORDER.length)]] / 12.0);
        double attack = Math.min(1, seconds / 0.02);
        double end = Math.clamp((OVERLAP * NOTE / (double) SAMPLE_RATE - seconds) / 0.1, 0.0, 1.0);
        double envelope = attack * Math.exp(-seconds * 2.6) * end;
        double phase = 2 * Math.PI * frequency * seconds;
        return 0.22 * envelope * (Math.sin(phase) + 0.25 * Math.sin(2 * phase) * Math.exp(-seconds * 4));
    }
}
