package dev.weir.bench.glass;

import dev.weir.bench.rig.Clip;
import dev.weir.bench.rig.FlvClip;
import dev.weir.bench.rig.Publisher;
import java.util.concurrent.atomic.AtomicLongArray;

/** When was each picture last written to the ingest socket? By its number in the clip. Thread-safe. */
public final class WriteTimes implements Publisher.Sent {

    private final AtomicLongArray wallMillis;
    private final long firstShown;

    /** Of no picture yet. */
    public WriteTimes(Clip clip, FlvClip tags) {
        wallMillis = new AtomicLongArray(clip.seconds() * Clip.FPS);
        firstShown = tags.firstShownMillis();
    }

    @Override
    public void frame(FlvClip.Tag tag, long shownMillis) {
        if (tag.isVideo()) {
            long number = Math.round((shownMillis - firstShown) * Clip.FPS / 1000.0);
            wallMillis.set((int) (number % wallMillis.length()), System.currentTimeMillis());
        }
    }

    /** How long before that moment it was written; -1 when it never was. */
    public long ageMillis(int number, long atWallMillis) {
        long written = number < wallMillis.length() ? wallMillis.get(number) : 0;
        return written == 0 ? -1 : atWallMillis - written;
    }
}
