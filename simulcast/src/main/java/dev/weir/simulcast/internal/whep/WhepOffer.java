package dev.weir.simulcast.internal.whep;

import dev.weir.simulcast.internal.rtc.MediaAnswer;
import dev.weir.simulcast.internal.rtc.SdpException;
import dev.weir.simulcast.internal.rtc.SdpFormat;
import dev.weir.simulcast.internal.rtc.SdpMedia;
import dev.weir.simulcast.internal.rtc.SdpOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer asks for, and what it gets.
 *
 * @param offer as parsed
 * @param answers one for each line that is played to
 * @param video null when the viewer wants no picture
 * @param audio null when the viewer wants no sound
 */
record WhepOffer(
        SdpOffer offer,
        List<MediaAnswer> answers,
        @Nullable OutStream video,
        @Nullable OutStream audio) {

    private static final String H264 = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
    private static final String OPUS = "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1";
    private static final List<String> VIDEO_FEEDBACK = List.of("nack", "nack pli", "ccm fir", "goog-remb");

    /** Checks an offer against what we can send. */
    static WhepOffer of(String sdp) throws SdpException {
        SdpOffer offer = SdpOffer.parse(sdp);
        List<MediaAnswer> answers = new ArrayList<>();
        OutStream video = null;
        OutStream audio = null;
        for (SdpMedia media : offer.media()) {
            // Answers keep the order of the offer.
            if (media.equals(offer.only("video").orElse(null))) {
                MediaAnswer answer = answer(media, media.bestH264(), "H264 with packetization-mode=1", H264);
                video = new OutStream(answer.ssrc(), answer.format().payloadType());
                answers.add(answer);
            } else if (media.equals(offer.only("audio").orElse(null))) {
                MediaAnswer answer = answer(media, media.opus(), "opus/48000/2", OPUS);
                audio = new OutStream(answer.ssrc(), answer.format().payloadType());
                answers.add(answer);
            }
        }
        demandOneTransport(offer, answers);
        return new WhepOffer(offer, List.copyOf(answers), video, audio);
    }

    private static MediaAnswer answer(SdpMedia media, Optional<SdpFormat> format, String wanted, String parameters)
            throws SdpException {
        if (!media.direction().receives()) {
            throw new SdpException(
                    422, "%s direction: %s (expected: recvonly)".formatted(media.kind(), media.direction()));
        }
        if (!media.rtcpMux()) {
            throw new SdpException(422, media.kind() + " rtcp-mux: absent (expected: one port for RTP and RTCP)");
        }
        if (format.isEmpty()) {
            throw new SdpException(406, "%s codecs: none of ours (expected: %s)".formatted(media.kind(), wanted));
        }
        int ssrc = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        List<String> feedback = media.kind().equals("video") ? VIDEO_FEEDBACK : List.of();
        return new MediaAnswer(media, format.get(), true, ssrc, parameters, feedback);
    }

    private static void demandOneTransport(SdpOffer offer, List<MediaAnswer> answers) throws SdpException {
        if (answers.isEmpty()) {
            throw new SdpException(422, "m-lines: none of audio or video (expected: at least one)");
        }
        boolean tagged =
                answers.stream().noneMatch(answer -> answer.media().mid().isEmpty());
        if (answers.size() > 1 && !(offer.bundle() && tagged)) {
            throw new SdpException(422, "group: no BUNDLE of all m-lines (expected: one transport)");
        }
    }
}
