package dev.weir.simulcast.testkit;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamTargets;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.testing.Clip;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A host at real speed: 30 pictures a second with sound between them. Numbered frames have a key frame every second and
 * 3 Mbit/s; their data is noise behind the number.
 */
public final class LiveFeed implements AutoCloseable {

    private static final int FRAME_BYTES = 12_000;
    private static final int KEY_BYTES = 30_000;
    private static final int SOUND_BYTES = 340;
    private static final int KEY_EVERY = 30;

    private final PacketFanout fanout = new PacketFanout();
    private final StreamHeaders headers;
    private final List<MediaUnit> pictures;
    private final List<MediaUnit> sounds;
    private volatile boolean onAir;
    private volatile boolean closed;
    private volatile Thread thread;
    private long number;

    /** A host of numbered noise that begins at once, with these codecs. */
    public LiveFeed(StreamHeaders headers) {
        this(headers, List.of(), List.of());
    }

    /** A host that shows a clip of 30 pictures a second over and over, for receivers that look into the frames. */
    public static LiveFeed of(Clip clip) {
        return new LiveFeed(clip.headers(), clip.of(Track.VIDEO), clip.of(Track.AUDIO));
    }

    private LiveFeed(StreamHeaders headers, List<MediaUnit> pictures, List<MediaUnit> sounds) {
        this.headers = headers;
        this.pictures = pictures;
        this.sounds = sounds;
        this.thread = start();
    }

    private Thread start() {
        onAir = true;
        return Thread.ofPlatform().daemon().name("live-feed").start(this::run);
    }

    private void run() {
        long began = System.nanoTime() - number * 1_000_000_000L / 30;
        while (onAir && !closed) {
            long due = began + number * 1_000_000_000L / 30;
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            if (System.nanoTime() >= due) {
                publish(number * 1000 / 30);
                number++;
            }
        }
    }

    private void publish(long millis) {
        boolean key =
                pictures.isEmpty() ? number % KEY_EVERY == 0 : next(pictures).key();
        byte[] picture = pictures.isEmpty() ? picture(key) : next(pictures).payload();
        byte[] sound = sounds.isEmpty() ? noise(SOUND_BYTES) : next(sounds).payload();
        fanout.publish(new MediaUnit(Track.VIDEO, millis, millis, key, picture, headers));
        fanout.publish(new MediaUnit(Track.AUDIO, millis, millis, true, sound, headers));
    }

    private MediaUnit next(List<MediaUnit> from) {
        return from.get((int) (number % from.size()));
    }

    private byte[] picture(boolean key) {
        byte[] bytes = noise(key ? KEY_BYTES : FRAME_BYTES);
        ByteBuffer out = ByteBuffer.wrap(bytes).putInt(bytes.length - 4).put((byte) (key ? 0x65 : 0x41));
        // Half a byte each, so that no three bytes look like the start of a NAL unit.
        for (int shift = 28; shift >= 0; shift -= 4) {
            out.put((byte) (0x40 | (number >> shift & 15)));
        }
        return bytes;
    }

    private byte[] noise(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (1 + (i * 31L + number) % 250);
        }
        return bytes;
    }

    /** The number of a picture that came from here, whatever stands before its slice. */
    public static long numberOf(MediaUnit picture) {
        ByteBuffer in = ByteBuffer.wrap(picture.payload());
        while (in.remaining() > 13) {
            int length = in.getInt();
            int type = in.get(in.position()) & 31;
            if (type == 1 || type == 5) {
                in.get();
                long found = 0;
                for (int i = 0; i < 8; i++) {
                    found = found << 4 | (in.get() & 15);
                }
                return found;
            }
            in.position(in.position() + length);
        }
        throw new IllegalArgumentException("picture: no slice in %d bytes".formatted(picture.size()));
    }

    /** Where it publishes. */
    public PacketFanout fanout() {
        return fanout;
    }

    /** Targets of this host that take its frames as they are. */
    public StreamTargets targets(TargetPolicy policy) {
        return new StreamTargets(fanout, form -> lease(), () -> onAir, policy, InstantSource.system());
    }

    private RenditionLease lease() {
        return new RenditionLease() {
            @Override
            public PacketFanout fanout() {
                return fanout;
            }

            @Override
            public void close() {
                // The frames are there for all.
            }
        };
    }

    /** The host leaves. */
    public void pause() throws InterruptedException {
        onAir = false;
        thread.join();
    }

    /** The host is back. */
    public void resume() {
        thread = start();
    }

    @Override
    public void close() {
        closed = true;
        fanout.close();
    }
}
