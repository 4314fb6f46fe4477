package dev.weir.simulcast.internal.rtc;

import java.util.List;
import java.util.Optional;

/**
 * Writes an answer. Which of the lines which browser insists on was found by removing them one by one; all are sent.
 *
 * @param ice our credentials
 * @param fingerprint SHA-256 of our certificate
 * @param setup {@code passive} or {@code active}
 * @param candidates values of the candidate lines
 * @param name the source's name towards the player: stream id and CNAME
 */
record SdpAnswer(IceCredentials ice, String fingerprint, String setup, List<String> candidates, String name) {

    private static final String END = "\r\n";

    /** The whole text; an m-line that has no answer among these is turned down. */
    String write(SdpOffer offer, List<MediaAnswer> answers) {
        var out = new StringBuilder();
        line(out, "v=0");
        line(out, "o=- " + Integer.toUnsignedString(name.hashCode()) + " 1 IN IP4 0.0.0.0");
        line(out, "s=-");
        line(out, "t=0 0");
        if (offer.bundle()) {
            var group = new StringBuilder("a=group:BUNDLE");
            answers.forEach(answer -> group.append(' ').append(answer.media().mid()));
            line(out, group.toString());
        }
        line(out, "a=ice-lite");
        line(out, "a=msid-semantic: WMS " + name);
        for (SdpMedia media : offer.media()) {
            Optional<MediaAnswer> answer = answers.stream()
                    .filter(candidate -> candidate.media().equals(media))
                    .findFirst();
            if (answer.isPresent()) {
                accepted(out, answer.get());
            } else {
                refused(out, media);
            }
        }
        return out.toString();
    }

    private static void refused(StringBuilder out, SdpMedia media) {
        line(out, "m=%s 0 %s %s".formatted(media.kind(), media.protocol(), media.formatText()));
        line(out, "c=IN IP4 0.0.0.0");
        if (!media.mid().isEmpty()) {
            line(out, "a=mid:" + media.mid());
        }
        line(out, "a=inactive");
    }

    private void accepted(StringBuilder out, MediaAnswer answer) {
        SdpMedia media = answer.media();
        int type = answer.format().payloadType();
        line(out, "m=%s 9 %s %d".formatted(media.kind(), media.protocol(), type));
        line(out, "c=IN IP4 0.0.0.0");
        line(out, "a=rtcp:9 IN IP4 0.0.0.0");
        line(out, "a=ice-ufrag:" + ice.ufrag());
        line(out, "a=ice-pwd:" + ice.password());
        line(out, "a=fingerprint:sha-256 " + fingerprint);
        line(out, "a=setup:" + setup);
        if (!media.mid().isEmpty()) {
            line(out, "a=mid:" + media.mid());
        }
        line(out, answer.sends() ? "a=sendonly" : "a=recvonly");
        line(out, "a=rtcp-mux");
        line(out, "a=rtcp-rsize");
        line(out, "a=rtpmap:%d %s".formatted(type, encoding(answer.format())));
        if (!answer.parameters().isEmpty()) {
            line(out, "a=fmtp:%d %s".formatted(type, answer.parameters()));
        }
        for (String feedback : answer.feedback()) {
            if (answer.format().feedback().contains(feedback)) {
                line(out, "a=rtcp-fb:%d %s".formatted(type, feedback));
            }
        }
        if (answer.sends()) {
            source(out, answer);
        }
        candidates.forEach(candidate -> line(out, "a=candidate:" + candidate));
        line(out, "a=end-of-candidates");
    }

    private static String encoding(SdpFormat format) {
        return format.isOpus() ? "opus/48000/2" : format.codec() + "/" + format.clockRate();
    }

    private void source(StringBuilder out, MediaAnswer answer) {
        String track = answer.media().kind();
        String ssrc = Integer.toUnsignedString(answer.ssrc());
        line(out, "a=msid:%s %s".formatted(name, track));
        line(out, "a=ssrc:%s cname:%s".formatted(ssrc, name));
        line(out, "a=ssrc:%s msid:%s %s".formatted(ssrc, name, track));
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append(END);
    }
}
