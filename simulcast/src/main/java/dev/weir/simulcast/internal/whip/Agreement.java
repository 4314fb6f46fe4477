package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.internal.rtc.MediaAnswer;
import dev.weir.simulcast.internal.rtc.SdpException;
import dev.weir.simulcast.internal.rtc.SdpFormat;
import dev.weir.simulcast.internal.rtc.SdpMedia;
import dev.weir.simulcast.internal.rtc.SdpOffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is a publisher's offer answered with? All of it is received or none (RFC 9725 §4.2).
 *
 * @param answers one for each m-line that is received
 * @param tracks what comes in on them
 */
record Agreement(List<MediaAnswer> answers, Tracks tracks) {

    private static final List<String> VIDEO_FEEDBACK = List.of("nack", "nack pli", "goog-remb");
    private static final List<String> AUDIO_FEEDBACK = List.of("nack");

    /** 1920x1080 at 60 a second and below (ISO/IEC 14496-10 table A-1, level 4.2). */
    private static final String LEVEL = "2a";

    private static final String USUAL_PROFILE = "42e0";

    /**
     * Chromium begins at 300 kbit/s and grows by 8 % a second on a line that loses anything: half a minute to a picture
     * worth looking at. Other publishers ignore this.
     */
    private static final String START = ";x-google-start-bitrate=2000";

    private static final String SOUND = "minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1;maxaveragebitrate=128000";

    /**
     * Finds the codecs that the rest of the house understands.
     *
     * @throws SdpException 406 without H.264 or Opus, 422 when the offer sends nothing or too much
     */
    static Agreement on(SdpOffer offer) throws SdpException {
        Optional<SdpMedia> video = sent(offer, "video");
        Optional<SdpMedia> audio = sent(offer, "audio");
        if (video.isEmpty() && audio.isEmpty()) {
            throw new SdpException(422, "m-lines: no audio and no video (expected: one of each, or either)");
        }
        if (video.isPresent() && audio.isPresent() && !offer.bundle()) {
            throw new SdpException(422, "group: no BUNDLE (expected: audio and video on one transport)");
        }
        List<MediaAnswer> answers = new ArrayList<>(2);
        int videoType = Tracks.NONE;
        int audioType = Tracks.NONE;
        boolean audioNack = false;
        if (video.isPresent()) {
            SdpFormat format =
                    video.get().bestH264().orElseThrow(() -> noneOf(video.get(), "H264, packetization-mode=1"));
            videoType = format.payloadType();
            answers.add(new MediaAnswer(video.get(), format, false, 0, picture(format), VIDEO_FEEDBACK));
        }
        if (audio.isPresent()) {
            SdpFormat format = audio.get().opus().orElseThrow(() -> noneOf(audio.get(), "opus/48000/2"));
            audioType = format.payloadType();
            audioNack = format.feedback().contains("nack");
            answers.add(new MediaAnswer(audio.get(), format, false, 0, SOUND, AUDIO_FEEDBACK));
        }
        // A bundle's first m-line carries its transport: browsers take no answer that begins with another.
        answers.sort(Comparator.comparingInt(answer -> offer.media().indexOf(answer.media())));
        return new Agreement(answers, new Tracks(videoType, audioType, 2, audioNack));
    }

    private static Optional<SdpMedia> sent(SdpOffer offer, String kind) throws SdpException {
        Optional<SdpMedia> media = offer.only(kind);
        if (media.isPresent() && !media.get().direction().sends()) {
            throw new SdpException(
                    422,
                    "%s direction: %s (expected: sendonly)"
                            .formatted(kind, media.get().direction()));
        }
        if (media.isPresent() && !media.get().rtcpMux()) {
            throw new SdpException(422, "%s rtcp-mux: absent (expected: present)".formatted(kind));
        }
        return media;
    }

    private static SdpException noneOf(SdpMedia media, String expected) {
        String offered =
                media.formats().stream().map(SdpFormat::codec).distinct().collect(Collectors.joining(", "));
        return new SdpException(406, "%s codecs: %s (expected: %s)".formatted(media.kind(), offered, expected));
    }

    /** Both sides name the same profile; the level is the receiver's own when the offer allows it (RFC 6184 §8.2.2). */
    private static String picture(SdpFormat format) {
        String theirs = format.parameter("profile-level-id");
        boolean asymmetric = format.parameter("level-asymmetry-allowed").equals("1");
        String profile = theirs.length() == 6 ? theirs.substring(0, 4) : USUAL_PROFILE;
        String level = asymmetric || theirs.length() != 6 ? LEVEL : theirs.substring(4);
        return "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + profile + level + START;
    }
}
