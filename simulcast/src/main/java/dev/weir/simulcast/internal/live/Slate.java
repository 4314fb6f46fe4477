package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.codec.IdrRepeat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is shown while the host is away: a key frame again and again, its last one or one made of an image, and silence
 * in the codec it had. One of the two alone fills in for a track that has stopped by itself. Not thread-safe.
 */
final class Slate {

    private static final long FRAME_MILLIS = 33;
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 500;

    private final StreamHeaders headers;
    private final Timeline timeline;
    private final @Nullable AudioHeader sound;
    private final @Nullable IdrRepeat picture;
    private final long intervalMillis;
    private final long shownAfterMillis;
    private long pictures;
    private long nextPicture;
    private long soundFrom = -1;
    private long sounds;

    /**
     * A slate that goes on where the timeline is.
     *
     * @param headers of its frames
     * @param sound to be silent in; null to leave the sound alone
     * @param key the key frame to repeat; null to leave the picture alone
     * @param bitsPerSecond of the host's stream, which the slate does not exceed as long as two pictures a second allow
     */
    Slate(
            StreamHeaders headers,
            Timeline timeline,
            @Nullable AudioHeader sound,
            @Nullable MediaUnit key,
            long bitsPerSecond) {
        this.headers = headers;
        this.sound = sound;
        this.timeline = timeline;
        VideoHeader video = headers.video();
        this.picture = video == null || key == null
                ? null
                : IdrRepeat.of(video, key.payload()).orElse(null);
        // With the host's own delay of presentation its last pictures are not overtaken.
        this.shownAfterMillis = key == null ? 0 : key.ptsMillis() - key.dtsMillis();
        long bits = key == null ? 0 : key.size() * 8L;
        this.intervalMillis = Math.clamp(bits * 1000 / Math.max(1, bitsPerSecond), SHORTEST_MILLIS, LONGEST_MILLIS);
        this.nextPicture = timeline.last(Track.VIDEO) + FRAME_MILLIS;
    }

    /** Makes all frames that are due until then. */
    void fill(long until, Consumer<MediaUnit> out) {
        Optional<Silence> silence = sound == null ? Optional.empty() : Silence.of(sound);
        while (true) {
            long picture = nextPicture();
            long sound = silence.map(this::nextSound).orElse(Long.MAX_VALUE);
            if (Math.min(picture, sound) > until) {
                return;
            }
            if (picture <= sound || (pictures == 0 && picture <= until)) {
                out.accept(picture(picture));
            } else {
                out.accept(silence(silence.orElseThrow(), sound));
            }
        }
    }

    private long nextPicture() {
        return picture == null ? Long.MAX_VALUE : nextPicture;
    }

    private long nextSound(Silence silence) {
        if (soundFrom < 0) {
            long last = timeline.last(Track.AUDIO);
            soundFrom = last < 0 ? Math.max(0, timeline.newest()) : last + duration(silence, 1);
        }
        return soundFrom + duration(silence, sounds);
    }

    private static long duration(Silence silence, long frames) {
        return frames * silence.samples() * 1000 / silence.sampleRate();
    }

    private MediaUnit picture(long dts) {
        byte[] payload = picture == null ? new byte[0] : picture.copy(pictures);
        pictures++;
        nextPicture = dts + intervalMillis;
        timeline.advance(Track.VIDEO, dts);
        return new MediaUnit(Track.VIDEO, dts, dts + shownAfterMillis, true, payload, headers);
    }

    private MediaUnit silence(Silence silence, long dts) {
        sounds++;
        timeline.advance(Track.AUDIO, dts);
        return new MediaUnit(Track.AUDIO, dts, dts, true, silence.frame(), headers);
    }
}
