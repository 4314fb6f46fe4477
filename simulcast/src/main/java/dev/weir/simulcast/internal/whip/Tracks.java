package dev.weir.simulcast.internal.whip;

/**
 * What was agreed that the publisher sends?
 *
 * @param videoType RTP payload type of H.264, or {@link #NONE}
 * @param audioType RTP payload type of Opus, or {@link #NONE}
 * @param channels of the sound, 1 or 2
 * @param audioNack true when missing sound may be asked for again
 */
record Tracks(int videoType, int audioType, int channels, boolean audioNack) {

    static final int NONE = -1;

    boolean hasVideo() {
        return videoType != NONE;
    }

    boolean hasAudio() {
        return audioType != NONE;
    }
}
