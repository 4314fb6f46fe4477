package dev.weir.bench.whep;

/**
 * How steadily do whole pictures arrive? Counts them, and the gaps between them, in milliseconds. A picture is whole
 * when all its packets came in order up to its marker. Used by one thread at a time.
 */
final class PictureWatch implements Reception.Ordered {

    static final int BUCKETS = 2001;
    private static final long FREEZE = 200_000_000L;

    private final int[] gaps = new int[BUCKETS];
    private boolean broken;
    private boolean inPicture;
    private boolean key;
    private long lastAt;

    long pictures;
    long brokenPictures;
    long keyPictures;
    long freezes;
    long firstKeyAt;

    @Override
    public void packet(long timestamp, boolean marker, boolean keyStart, boolean hole, long nanos) {
        if (hole) {
            broken = true;
        }
        if (!inPicture) {
            inPicture = true;
            key = false;
        }
        key |= keyStart;
        if (marker) {
            end(nanos);
        }
    }

    private void end(long nanos) {
        if (broken) {
            brokenPictures++;
        } else {
            whole(nanos);
        }
        broken = false;
        inPicture = false;
    }

    private void whole(long nanos) {
        pictures++;
        if (key) {
            keyPictures++;
            firstKeyAt = firstKeyAt == 0 ? nanos : firstKeyAt;
        }
        if (lastAt != 0) {
            long gap = nanos - lastAt;
            gaps[(int) Math.min(BUCKETS - 1, gap / 1_000_000)]++;
            freezes += gap > FREEZE ? 1 : 0;
        }
        lastAt = nanos;
    }

    int[] gaps() {
        return gaps.clone();
    }
}
