package dev.weir.bench.whep;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What does a viewer say about itself? H.264 and Opus to receive, one bundle, DTLS as the client.
 *
 * @param ufrag its ICE user fragment
 * @param pwd its ICE password; a secret
 * @param fingerprint SHA-256 of its certificate, upper-case hex with colons
 */
public record LocalSdp(String ufrag, String pwd, String fingerprint) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int VIDEO_TYPE = 102;
    private static final int AUDIO_TYPE = 111;

    /** One with new ICE credentials. */
    public static LocalSdp random(String fingerprint) {
        return new LocalSdp(text(6), text(18), fingerprint);
    }

    private static String text(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    /** For WHEP, where the viewer offers; without candidates, as a server with a public address needs none. */
    public String offer() {
        return head("0 1")
                + media("video", "0", VIDEO_TYPE)
                + "a=setup:actpass\r\n"
                + media("audio", "1", AUDIO_TYPE)
                + "a=setup:actpass\r\n";
    }

    /** For servers that offer: takes each m-line, announces the address it receives at. */
    public String answer(RemoteSdp offer, InetSocketAddress self) {
        var mids = new StringBuilder();
        var body = new StringBuilder();
        for (RemoteSdp.Media line : offer.media()) {
            mids.append(mids.isEmpty() ? "" : " ").append(line.mid());
            body.append(media(line.kind(), line.mid(), line.payloadType()))
                    .append("a=setup:active\r\na=candidate:1 1 udp 2130706431 %s %d typ host\r\n"
                            .formatted(self.getAddress().getHostAddress(), self.getPort()))
                    .append("a=end-of-candidates\r\n");
        }
        return head(mids.toString()) + body;
    }

    private static String head(String mids) {
        return """
                v=0
                o=- %d 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE %s
                a=msid-semantic: WMS
                """.formatted(RANDOM.nextLong(1L << 53), mids).replace("\n", "\r\n");
    }

    private String media(String kind, String mid, int type) {
        String codec = kind.equals("video") ? """
                a=rtpmap:%1$d H264/90000
                a=rtcp-fb:%1$d nack
                a=rtcp-fb:%1$d nack pli
                a=fmtp:%1$d level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
                """ : """
                a=rtpmap:%1$d opus/48000/2
                a=fmtp:%1$d minptime=10;useinbandfec=1;stereo=1
                """;
        return ("""
                m=%2$s 9 UDP/TLS/RTP/SAVPF %1$d
                c=IN IP4 0.0.0.0
                a=rtcp:9 IN IP4 0.0.0.0
                a=mid:%3$s
                a=recvonly
                a=rtcp-mux
                a=ice-ufrag:%4$s
                a=ice-pwd:%5$s
                a=fingerprint:sha-256 %6$s
                """ + codec).formatted(type, kind, mid, ufrag, pwd, fingerprint).replace("\n", "\r\n");
    }

    @Override
    public String toString() {
        return "LocalSdp[ufrag=%s]".formatted(ufrag);
    }
}
