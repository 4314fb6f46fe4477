package dev.weir.simulcast.internal.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.internal.rtc.Answers;
import dev.weir.simulcast.internal.rtc.SdpException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhepOfferTest {

    private static final String CHROMIUM = resource("chromium-offer.sdp");

    static String resource(String name) {
        try (InputStream in = WhepOfferTest.class.getResourceAsStream("/sdp/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Session and stream numbers differ from answer to answer. */
    private static String answer(String offer) throws SdpException {
        WhepOffer understood = WhepOffer.of(offer);
        return Answers.of(understood.offer(), understood.answers())
                .replaceAll("a=ssrc:\\d+", "a=ssrc:SSRC")
                .replace("\r\n", "\n");
    }

    @Test
    void offerOfChromium_isAnsweredToTheLetter() throws SdpException {
        assertThat(answer(CHROMIUM)).isEqualTo(resource("chromium-answer.sdp"));
    }

    @Test
    void lineEndsOfUnixAndOfTheStandard_areReadAlike() throws SdpException {
        assertThat(answer(CHROMIUM.replace("\n", "\r\n"))).isEqualTo(resource("chromium-answer.sdp"));
    }

    @Test
    void pictureOnly_needsNoBundle() throws SdpException {
        String videoOnly = CHROMIUM.substring(0, CHROMIUM.indexOf("m=audio")).replace("a=group:BUNDLE 0 1\n", "");
        WhepOffer offer = WhepOffer.of(videoOnly);

        assertThat(offer.audio()).isNull();
        assertThat(offer.answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.format().payloadType()).isEqualTo(108));
        assertThat(answer(videoOnly)).doesNotContain("BUNDLE").contains("m=video 9 UDP/TLS/RTP/SAVPF 108");
    }

    @Test
    void soundOnly_isPlayedTo() throws SdpException {
        String head = CHROMIUM.substring(0, CHROMIUM.indexOf("m=video"));
        WhepOffer offer = WhepOffer.of(head + CHROMIUM.substring(CHROMIUM.indexOf("m=audio")));
        assertThat(offer.video()).isNull();
        assertThat(offer.answers()).hasSize(1);
    }

    @Test
    void dataChannel_isTurnedDownInItsPlace() throws SdpException {
        String data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:2\na=sctp-port:5000\n";
        assertThat(answer(CHROMIUM + data))
                .contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\na=mid:2\na=inactive")
                .contains("a=group:BUNDLE 0 1\n");
    }

    @Test
    void nextBestProfile_isTaken() throws SdpException {
        String offer = CHROMIUM.replace("packetization-mode=1;profile-level-id=42e01f", "packetization-mode=0");
        assertThat(WhepOffer.of(offer).answers().getFirst().format().payloadType())
                .isEqualTo(116);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    H264/90000                | VP9/90000      | 406 | H264
                    packetization-mode=1      | packetization-mode=0 | 406 | packetization-mode=1
                    opus/48000/2              | L16/44100/2    | 406 | opus/48000/2
                    a=recvonly                | a=sendonly     | 422 | recvonly
                    a=rtcp-mux                | a=x            | 422 | rtcp-mux
                    a=group:BUNDLE 0 1        | a=x            | 422 | BUNDLE
                    a=mid:1                   | a=x            | 422 | BUNDLE
                    m=audio 9                 | m=video 9      | 422 | at most one
                    a=fingerprint:sha-256     | a=fingerprint:md5 | 422 | sha-256
                    a=ice-pwd:                | a=x:           | 422 | ice-pwd
                    a=ice-ufrag:tiSG          | a=ice-ufrag:a b | 400 | ice-ufrag
                    a=setup:actpass           | a=setup:holdconn | 400 | setup
                    v=0                       | v=1            | 400 | v=0
                    m=video 9 UDP/TLS/RTP/SAVPF 96 | m=video nine | 400 | m-line
                    m=video 9 UDP/TLS/RTP/SAVPF 96 | m=video 9 UDP/TLS/RTP/SAVPF 996 | 400 | 0..127
                    """)
    void whatCannotBePlayedTo_isRefusedWithItsReason(String line, String instead, int status, String reason) {
        assertThatThrownBy(() -> WhepOffer.of(CHROMIUM.replace(line, instead)))
                .isInstanceOfSatisfying(
                        SdpException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(status))
                .hasMessageContaining(reason);
    }

    @Test
    void hugeOffer_isRefusedUnread() {
        assertThatThrownBy(() -> WhepOffer.of(CHROMIUM + "a=x\n".repeat(20_000)))
                .isInstanceOf(SdpException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void emptyOffer_isRefused() {
        assertThatThrownBy(() -> WhepOffer.of("")).hasMessageContaining("v=0");
    }
}
