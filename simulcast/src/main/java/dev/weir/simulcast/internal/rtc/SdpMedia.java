package dev.weir.simulcast.internal.rtc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is one m-line of an offer about?
 *
 * @param kind {@code audio}, {@code video} or {@code application}
 * @param protocol transport as offered, repeated in the answer
 * @param mid identification tag; empty when the offer has none
 * @param rejected true when its port is 0 outside a bundle: offered, but not to be used
 * @param direction as the offerer sees it
 * @param rtcpMux true when RTCP may share the port
 * @param formats in the offerer's order of preference
 * @param formatText the formats as written, for a rejection
 */
public record SdpMedia(
        String kind,
        String protocol,
        String mid,
        boolean rejected,
        Direction direction,
        boolean rtcpMux,
        List<SdpFormat> formats,
        String formatText) {

    /** Who sends. */
    public enum Direction {
        SENDRECV,
        SENDONLY,
        RECVONLY,
        INACTIVE;

        /** True when the one who says so wants to receive. */
        public boolean receives() {
            return this == SENDRECV || this == RECVONLY;
        }

        /** True when the one who says so wants to send. */
        public boolean sends() {
            return this == SENDRECV || this == SENDONLY;
        }
    }

    /** The H.264 format nearest to constrained baseline, which every decoder has. */
    public Optional<SdpFormat> bestH264() {
        return formats.stream()
                .filter(SdpFormat::isFragmentedH264)
                .min(Comparator.comparingInt(format -> rank(format.parameter("profile-level-id"))));
    }

    private static int rank(String profile) {
        if (profile.startsWith("42e0")) {
            return 0;
        }
        return profile.startsWith("4200") || profile.isEmpty() ? 1 : profile.startsWith("4d") ? 2 : 3;
    }

    /** The Opus format. */
    public Optional<SdpFormat> opus() {
        return formats.stream().filter(SdpFormat::isOpus).findFirst();
    }
}
