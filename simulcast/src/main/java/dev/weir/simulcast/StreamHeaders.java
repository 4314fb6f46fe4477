package dev.weir.simulcast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What must a consumer know before it can use the frames that refer to these headers?
 *
 * <p>Immutable. A new {@code version} means: the frames that follow do not continue the ones before, because the host
 * reconnected or changed its codec settings.
 *
 * @param version grows by at least one with every change within one live
 * @param video null while the host has sent no picture
 * @param audio null while the host has sent no sound
 */
public record StreamHeaders(
        int version, @Nullable VideoHeader video, @Nullable AudioHeader audio) {

    /** The headers of a host that has sent nothing yet. */
    public static final StreamHeaders NONE = new StreamHeaders(0, null, null);

    /** True when a decoder set up for {@code other} can go on with these, whatever the versions. */
    public boolean sameCodecs(StreamHeaders other) {
        return Arrays.equals(videoBytes(), other.videoBytes()) && Arrays.equals(audioBytes(), other.audioBytes());
    }

    private byte @Nullable [] videoBytes() {
        return video == null ? null : video.avcConfig();
    }

    private byte @Nullable [] audioBytes() {
        return audio == null ? null : audio.config();
    }

    /** The same codecs under another version. */
    public StreamHeaders withVersion(int newVersion) {
        return new StreamHeaders(newVersion, video, audio);
    }
}
