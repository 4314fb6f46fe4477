package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.internal.hls.FragmentMaker;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames into fragments, which are on disk half a second after they came, and lists segments of about two seconds
 * that begin with key frames. Other codecs begin another file. Not thread-safe.
 */
final class RecordingWriter implements AutoCloseable {

    private static final long FRAGMENT_MILLIS = 500;
    static final long SEGMENT_MILLIS = 1900;
    private static final long LAST_FRAME_MILLIS = 33;
    private static final long MAX_FRAME_MILLIS = 6000;
    /** Sound waits so long for the first picture; then it is recorded alone. */
    private static final long ALONE_MILLIS = 5000;

    private static final int MAX_ALONE = 1000;
    /** A host that changes its codecs more often than that has lost its mind. */
    private static final int MAX_PARTS = 1000;

    private final Folder folder;
    private final VodIndex index;
    private final long startMillis;
    private final LongFunction<Instant> dates;
    private final List<MediaUnit> alone = new ArrayList<>();
    private StreamHeaders inited = StreamHeaders.NONE;
    private FragmentMaker maker;
    private volatile @Nullable PartFile file;
    private @Nullable MediaUnit waiting;
    private int parts;
    private long bytesBefore;
    private long segmentFrom;
    private long segmentOffset;
    private long fragmentFrom;
    private long newest;
    private boolean discontinuity;

    /**
     * Nothing is written before the first frame.
     *
     * @param startMillis place on the timeline that is the recording's 0
     * @param dates the date of a place in the recording
     */
    RecordingWriter(Folder folder, VodIndex index, long startMillis, LongFunction<Instant> dates) {
        this.folder = folder;
        this.index = index;
        this.startMillis = startMillis;
        this.dates = dates;
        this.maker = new FragmentMaker(inited, startMillis);
    }

    void accept(MediaUnit unit) throws IOException {
        newest = Math.max(newest, unit.dtsMillis());
        if (unit.track() == Track.VIDEO) {
            picture(unit);
        } else if (isAac(unit.headers().audio())) {
            sound(unit);
        }
    }

    private static boolean isAac(@Nullable AudioHeader audio) {
        return audio != null && audio.codec() == AudioCodec.AAC;
    }

    private void picture(MediaUnit unit) throws IOException {
        MediaUnit last = waiting;
        if (last == null && !unit.key()) {
            return;
        }
        long millis = last == null ? 0 : Math.clamp(unit.dtsMillis() - last.dtsMillis(), 1, MAX_FRAME_MILLIS);
        if (last != null) {
            maker.picture(last, millis);
        }
        boolean changed = unit.headers().version() != inited.version();
        if (unit.key() && (file == null || changed || inited.video() == null)) {
            begin(unit, unit.headers());
        } else if (changed && !samePicture(unit.headers())) {
            endFragment(unit.dtsMillis());
            waiting = null;
            return;
        } else if (unit.key() && unit.dtsMillis() - segmentFrom >= SEGMENT_MILLIS) {
            endSegment(unit.dtsMillis());
        } else if (unit.dtsMillis() - fragmentFrom + millis > FRAGMENT_MILLIS) {
            endFragment(unit.dtsMillis());
        }
        waiting = unit;
    }

    private boolean samePicture(StreamHeaders headers) {
        return new StreamHeaders(0, headers.video(), null).sameCodecs(new StreamHeaders(0, inited.video(), null));
    }

    private boolean sameSound(StreamHeaders headers) {
        return new StreamHeaders(0, null, headers.audio()).sameCodecs(new StreamHeaders(0, null, inited.audio()));
    }

    private void sound(MediaUnit unit) throws IOException {
        if (file == null) {
            alone.add(unit);
            MediaUnit first = alone.getFirst();
            if (unit.dtsMillis() - first.dtsMillis() >= ALONE_MILLIS || alone.size() >= MAX_ALONE) {
                begin(
                        first,
                        new StreamHeaders(
                                unit.headers().version(), null, unit.headers().audio()));
            }
            return;
        }
        if (!sameSound(unit.headers())) {
            return;
        }
        maker.sound(unit);
        boolean soundOnly = inited.video() == null;
        if (soundOnly && unit.dtsMillis() - segmentFrom >= SEGMENT_MILLIS) {
            endSegment(unit.dtsMillis());
        } else if (unit.dtsMillis() - fragmentFrom >= FRAGMENT_MILLIS * (soundOnly ? 1 : 2)) {
            endFragment(unit.dtsMillis());
        }
    }

    /** A segment begins that does not continue the one before, and another file if the codecs are others. */
    private void begin(MediaUnit first, StreamHeaders headers) throws IOException {
        endSegment(first.dtsMillis());
        if (file == null || !headers.sameCodecs(inited)) {
            openPart(headers);
        }
        inited = headers;
        discontinuity = true;
        for (MediaUnit sound : alone) {
            if (sameSound(sound.headers())) {
                segmentFrom = Math.min(segmentFrom, sound.dtsMillis());
                maker.sound(sound);
            }
        }
        alone.clear();
    }

    private void openPart(StreamHeaders headers) throws IOException {
        if (parts >= MAX_PARTS) {
            throw new IOException("changes of codec: %d (expected: below that)".formatted(parts));
        }
        close();
        var opened = new PartFile(folder.stream(parts++));
        file = opened;
        byte[] init = FragmentMaker.init(headers);
        opened.write(init);
        index.newPart(init.length);
        segmentOffset = opened.size();
        maker = new FragmentMaker(headers, startMillis);
    }

    private void endFragment(long now) throws IOException {
        PartFile out = file;
        if (out != null && !maker.isEmpty()) {
            out.write(maker.take());
        }
        fragmentFrom = now;
    }

    private void endSegment(long now) throws IOException {
        endFragment(now);
        PartFile out = file;
        if (out != null && out.size() > segmentOffset) {
            index.add(new VodIndex.Entry(
                    parts - 1,
                    segmentOffset,
                    out.size() - segmentOffset,
                    Math.max(1, now - segmentFrom),
                    discontinuity,
                    dates.apply(segmentFrom - startMillis)));
            segmentOffset = out.size();
            discontinuity = false;
        }
        segmentFrom = now;
    }

    /** Nothing came for a while: what there is goes to the disk. */
    void idle() throws IOException {
        endFragment(fragmentFrom);
    }

    /** Writes what waits, and the end of the playlist. */
    void end() throws IOException {
        MediaUnit last = waiting;
        if (file == null && !alone.isEmpty()) {
            StreamHeaders headers = alone.getLast().headers();
            begin(alone.getFirst(), new StreamHeaders(headers.version(), null, headers.audio()));
        }
        if (last != null) {
            maker.picture(last, LAST_FRAME_MILLIS);
            waiting = null;
        }
        endSegment(Math.max(newest, segmentFrom) + LAST_FRAME_MILLIS);
        if (!index.isEmpty()) {
            index.end();
        }
        close();
    }

    /** Puts what is written on the disk itself; may run beside all else. */
    void sync() throws IOException {
        PartFile open = file;
        if (open != null) {
            open.sync();
        }
    }

    /** Bytes on disk. */
    long bytes() {
        return bytesBefore + (file == null ? 0 : file.size());
    }

    @Override
    public void close() throws IOException {
        PartFile open = file;
        if (open != null) {
            bytesBefore += open.size();
            file = null;
            open.close();
        }
    }
}
