package dev.weir.simulcast.internal.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.PatchReply;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.WhepReply;
import dev.weir.simulcast.internal.rtc.LoopbackPeer;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.internal.rtp.Rtcp;
import dev.weir.simulcast.internal.rtp.RtcpWriter;
import dev.weir.simulcast.internal.rtp.RtpPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Viewers that sign, shake hands, open and answer packets, over real sockets. */
class WhepSessionTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String LOCAL = "127.0.0.1";
    private static final byte[] AVC_CONFIG =
            HexFormat.of().parseHex("0142e01fffe1000a6742e01f95a014016e40010004" + "68ce3c80");

    private final AtomicInteger keyFramesAsked = new AtomicInteger();
    private final PacketFanout fanout = new PacketFanout();
    private final RoomSource live = source("show", fanout);
    private final StreamHeaders headers = new StreamHeaders(
            1,
            new VideoHeader(AVC_CONFIG, 4, 320, 180, 66, 31),
            new AudioHeader(AudioCodec.OPUS, new byte[19], 48_000, 2));
    private RtcEngine server = RtcEngine.start(WebRtcConfig.on(LOCAL, 0), InstantSource.system());
    private WhepRooms rooms = new WhepRooms(server);
    private long millis = 1000;

    private RoomSource source(String showId, PacketFanout from) {
        RenditionLease lease = new RenditionLease() {
            @Override
            public PacketFanout fanout() {
                return from;
            }

            @Override
            public void close() {}
        };
        return new RoomSource(from, showId, () -> lease, keyFramesAsked::incrementAndGet);
    }

    @AfterEach
    void stop() {
        rooms.close();
        server.close();
    }

    private void restart(WebRtcConfig config) {
        stop();
        server = RtcEngine.start(config, InstantSource.system());
        rooms = new WhepRooms(server);
    }

    /** One picture of so many bytes, and the sound with it. */
    private void picture(boolean key, int bytes) {
        var unit = ByteBuffer.allocate(4 + bytes).putInt(bytes).put((byte) (key ? 0x65 : 0x41));
        fanout.publish(new MediaUnit(Track.VIDEO, millis, millis, key, unit.array(), headers));
        fanout.publish(new MediaUnit(Track.AUDIO, millis, millis, true, new byte[] {(byte) 0xFC, 1, 2, 3}, headers));
        millis += 20;
    }

    private WhepReply.Answered answered(LoopbackPeer peer) {
        return answered(peer, "actpass");
    }

    private WhepReply.Answered answered(LoopbackPeer peer, String setup) {
        var answer = (WhepReply.Answered) rooms.answer(live, peer.offer(setup), LOCAL);
        peer.accept(answer.sdp());
        return answer;
    }

    private static List<RtpPacket> of(LoopbackPeer peer, int payloadType) {
        return peer.packets.stream()
                .filter(packet -> packet.payloadType() == payloadType)
                .toList();
    }

    private RtcSessionStats stats(String id) {
        return server.sessions().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void pictures(int count) {
        for (int i = 0; i < count; i++) {
            picture(false, 500);
        }
    }

    @Test
    void joiner_getsThePicturesSoFar_squeezedToLive_thenGoesOn() throws IOException {
        picture(true, 3000);
        pictures(9);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            peer.overUdp(server.port()).connect(false);
            await().atMost(SOON).until(() -> of(peer, 108).size() == 4 + 9);
            pictures(1);
            await().atMost(SOON).until(() -> of(peer, 108).size() == 4 + 10);

            List<RtpPacket> video = of(peer, 108);
            assertThat(video.getFirst().payload()[0] & 31)
                    .as("parameter sets first")
                    .isEqualTo(24);
            assertThat(video.get(1).payload()[0] & 31)
                    .as("then the key frame in fragments")
                    .isEqualTo(28);
            for (int i = 1; i < video.size(); i++) {
                assertThat(video.get(i).sequence()).isEqualTo((video.get(i - 1).sequence() + 1) & 0xFFFF);
            }
            assertThat(video.get(12).timestamp() - video.get(3).timestamp()).isEqualTo(9 * 90);
            assertThat(video.get(13).timestamp() - video.get(12).timestamp()).isEqualTo(20 * 90);
            assertThat(video.stream().filter(RtpPacket::marker)).hasSize(11);
            assertThat(video.getFirst().ssrc()).isEqualTo(LoopbackPeer.ssrc(answer.sdp(), 0));
            await().atMost(SOON).until(() -> of(peer, 111).size() == 1);
            assertThat(stats(answer.sessionId()).joinMillis()).isPositive();
        }
    }

    @Test
    void sameJoin_overTcp() throws IOException {
        picture(true, 3000);
        pictures(3);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            peer.overTcp(server.port()).connect(false);
            await().atMost(SOON).until(() -> of(peer, 108).size() == 4 + 3);
            assertThat(stats(answer.sessionId()).transport()).isEqualTo("TCP");
        }
        await().atMost(SOON).until(() -> stats0().transport().equals("NONE"));
    }

    private RtcSessionStats stats0() {
        return server.sessions().getFirst();
    }

    @Test
    void passiveOfferer_isGreetedByUs() throws IOException {
        picture(true, 500);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer, "passive");
            assertThat(answer.sdp()).contains("a=setup:active");
            peer.overUdp(server.port()).connect(true);
            await().atMost(SOON).until(() -> !of(peer, 108).isEmpty());
        }
    }

    @Test
    void bothReports_comeAtOnce_byOneClock() throws IOException {
        picture(true, 500);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            peer.overUdp(server.port()).connect(false);
            await().atMost(SOON)
                    .until(() -> senderReports(peer, LoopbackPeer.ssrc(answer.sdp(), 1))
                                    .size()
                            > 0);
            Rtcp.SenderReport video =
                    senderReports(peer, LoopbackPeer.ssrc(answer.sdp(), 0)).getFirst();
            Rtcp.SenderReport audio =
                    senderReports(peer, LoopbackPeer.ssrc(answer.sdp(), 1)).getFirst();
            assertThat(video.ntp()).isEqualTo(audio.ntp());
            assertThat(video.timestamp()).isNotEqualTo(audio.timestamp());
        }
    }

    private static List<Rtcp.SenderReport> senderReports(LoopbackPeer peer, int ssrc) {
        return peer.reports.stream()
                .filter(Rtcp.SenderReport.class::isInstance)
                .map(Rtcp.SenderReport.class::cast)
                .filter(report -> report.ssrc() == ssrc)
                .toList();
    }

    @Test
    void lostPacket_isSentAgain_bitForBit() throws IOException {
        picture(true, 3000);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            int ssrc = LoopbackPeer.ssrc(answer.sdp(), 0);
            peer.overUdp(server.port());
            peer.forget(2);
            peer.connect(false);
            await().atMost(SOON).until(() -> of(peer, 108).size() == 3);
            int missing = (of(peer, 108).get(1).sequence() + 1) & 0xFFFF;
            assertThat(of(peer, 108)).noneMatch(packet -> packet.sequence() == missing);

            peer.sendRtcp(new RtcpWriter()
                    .receiverReport(new Rtcp.ReceiverReport(1, List.of(block(ssrc))))
                    .nack(1, ssrc, List.of(missing))
                    .bytes());

            await().atMost(SOON).until(() -> of(peer, 108).size() == 4);
            assertThat(of(peer, 108).getLast().sequence()).isEqualTo(missing);
            assertThat(peer.repeatedAlike()).isTrue();
            RtcSessionStats stats = stats(answer.sessionId());
            assertThat(stats.nacks()).isEqualTo(1);
            assertThat(stats.retransmitted()).isEqualTo(1);
            assertThat(stats.lossFraction()).isEqualTo(0.25);
        }
    }

    private static Rtcp.Block block(int ssrc) {
        return new Rtcp.Block(ssrc, 64, 1, 10, 0, 0, 0);
    }

    @Test
    void nackOfWhatWasNeverSent_isNotAnswered() throws IOException {
        picture(true, 3000);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            int ssrc = LoopbackPeer.ssrc(answer.sdp(), 0);
            peer.overUdp(server.port()).connect(false);
            await().atMost(SOON).until(() -> of(peer, 108).size() == 4);
            int before = of(peer, 108).getFirst().sequence() - 1 & 0xFFFF;
            int after = of(peer, 108).getLast().sequence() + 1 & 0xFFFF;
            peer.sendRtcp(new RtcpWriter()
                    .nack(1, ssrc, List.of(before))
                    .nack(1, ssrc, List.of(after))
                    .bytes());
            await().atMost(SOON).until(() -> stats(answer.sessionId()).nacks() == 2);
            assertThat(stats(answer.sessionId()).retransmitted()).isZero();
        }
    }

    @Test
    void stormOfRequests_isBounded_andAnotherViewerGoesOn() throws IOException {
        picture(true, 3000);
        try (var stormy = LoopbackPeer.simple();
                var calm = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(stormy);
            answered(calm);
            int ssrc = LoopbackPeer.ssrc(answer.sdp(), 0);
            stormy.overUdp(server.port()).connect(false);
            calm.overUdp(server.port()).connect(false);
            await().atMost(SOON)
                    .until(() -> of(stormy, 108).size() == 4 && of(calm, 108).size() == 4);
            List<Integer> all =
                    of(stormy, 108).stream().map(RtpPacket::sequence).toList();
            for (int i = 0; i < 2000; i++) {
                stormy.sendRtcp(new RtcpWriter().nack(1, ssrc, all).pli(1, ssrc).bytes());
                stormy.send(new byte[] {(byte) 0x80, (byte) 200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            }
            pictures(5);
            await().atMost(SOON).until(() -> of(calm, 108).size() == 9);
            assertThat(stats(answer.sessionId()).retransmitted()).isLessThan(2500);
            assertThat(keyFramesAsked.get()).isLessThan(8);
        }
    }

    @Test
    void keyFrameRequests_areDelayed_notDropped() throws IOException {
        picture(true, 500);
        try (var peer = LoopbackPeer.simple()) {
            int ssrc = LoopbackPeer.ssrc(answered(peer).sdp(), 0);
            peer.overUdp(server.port()).connect(false);
            for (int i = 0; i < 3; i++) {
                peer.sendRtcp(new RtcpWriter().pli(1, ssrc).bytes());
            }
            await().atMost(SOON).until(() -> keyFramesAsked.get() == 2);
        }
    }

    @Test
    void wrongPassword_getsNothing_noAnswerAndNoHandshake() throws IOException {
        picture(true, 500);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            peer.overUdp(server.port());
            peer.check("wrongwrongwrongwrongwrong");
            peer.check();
            await().atMost(SOON).until(() -> peer.answeredChecks == 1);
            assertThat(peer.answeredChecks).isEqualTo(1);
            assertThat(stats(answer.sessionId()).state()).isEqualTo(RtcSessionStats.State.HANDSHAKING);
        }
    }

    @Test
    void onlyWrongPasswords_leaveTheSessionNew() throws IOException {
        try (var wrong = LoopbackPeer.simple();
                var right = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(wrong);
            wrong.overUdp(server.port());
            wrong.check("wrongwrongwrongwrongwrong");
            answered(right);
            right.overUdp(server.port());
            right.check();
            await().atMost(SOON).until(() -> right.answeredChecks == 1);
            assertThat(wrong.answeredChecks).isZero();
            assertThat(stats(answer.sessionId()).state()).isEqualTo(RtcSessionStats.State.NEW);
        }
    }

    @Test
    void otherCertificateThanOffered_isRefused() throws IOException {
        try (var peer = LoopbackPeer.simple()) {
            answered(peer);
            peer.overUdp(server.port());
            assertThatThrownBy(() -> peer.connectAsStranger()).isInstanceOf(IOException.class);
            await().atMost(SOON).until(() -> server.sessions().isEmpty());
        }
    }

    @Test
    void goodbye_endsTheSession() throws IOException {
        try (var peer = LoopbackPeer.simple()) {
            answered(peer);
            peer.overUdp(server.port()).connect(false);
            peer.goodbye();
            await().atMost(SOON).until(() -> server.sessions().isEmpty());
        }
    }

    @Test
    void fullServer_saysWhenToComeBack_andDeleteMakesRoom() {
        restart(WebRtcConfig.on(LOCAL, 0).withSessions(2, 1));
        WhepReply.Answered first = answered(LoopbackPeer.simple());
        String offer = LoopbackPeer.simple().offer("actpass");

        assertThat(rooms.answer(live, offer, LOCAL)).isInstanceOf(WhepReply.Full.class);
        assertThat(rooms.answer(live, offer, "192.0.2.1")).isInstanceOf(WhepReply.Answered.class);
        assertThat(rooms.answer(live, offer, "192.0.2.2"))
                .isInstanceOfSatisfying(
                        WhepReply.Full.class,
                        full -> assertThat(full.retryAfterSeconds()).isPositive());
        assertThat(server.stop(first.sessionId())).isTrue();
        assertThat(server.stop(first.sessionId())).isFalse();
        assertThat(rooms.answer(live, offer, LOCAL)).isInstanceOf(WhepReply.Answered.class);
    }

    @Test
    void refusedOffers_costNoPlace() {
        assertThat(rooms.answer(live, "v=0\r\n", LOCAL))
                .isInstanceOfSatisfying(
                        WhepReply.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void unusedAndSilentSessions_expire() throws IOException {
        restart(WebRtcConfig.on(LOCAL, 0).withTimes(Duration.ofMillis(400), Duration.ofMillis(800)));
        answered(LoopbackPeer.simple());
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            peer.overUdp(server.port()).connect(false);
            await().atMost(SOON).until(() -> server.sessions().size() == 1);
            assertThat(server.sessions().getFirst().id()).isEqualTo(answer.sessionId());
            await().atMost(SOON).until(() -> server.sessions().isEmpty());
        }
    }

    @Test
    void endOfTheLive_endsItsViewersOnly() throws IOException {
        RoomSource other = source("other", new PacketFanout());
        try (var peer = LoopbackPeer.simple();
                var stays = LoopbackPeer.simple()) {
            answered(peer);
            peer.overUdp(server.port()).connect(false);
            rooms.answer(other, stays.offer("actpass"), LOCAL);
            rooms.closeLive("show");
            await().atMost(SOON).until(() -> server.sessions().size() == 1);
            assertThat(server.sessions().getFirst().showId()).isEqualTo("other");
        }
    }

    @Test
    void restart_movesTheSession_andWrongTagsDoNot() throws IOException {
        picture(true, 500);
        try (var peer = LoopbackPeer.simple()) {
            WhepReply.Answered answer = answered(peer);
            String trickle = "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
                    .formatted(peer.own().ufrag(), peer.own().password());
            String restart = "a=ice-ufrag:newname\r\na=ice-pwd:newpasswordnewpassword\r\n";
            String id = answer.sessionId();

            assertThat(server.patch(id, answer.etag(), trickle)).isInstanceOf(PatchReply.Accepted.class);
            assertThat(status(server.patch(id, null, trickle))).isEqualTo(428);
            assertThat(status(server.patch(id, "\"other\"", trickle))).isEqualTo(412);
            assertThat(status(server.patch(id, answer.etag(), restart))).isEqualTo(412);
            assertThat(status(server.patch(id, "*", "a=ice-ufrag:x\r\n"))).isEqualTo(400);
            assertThat(status(server.patch("unknown", "*", restart))).isEqualTo(404);

            peer.overUdp(server.port()).connect(false);
            var restarted = (PatchReply.Restarted) server.patch(id, "*", restart);
            assertThat(restarted.etag()).isNotEqualTo(answer.etag());
            peer.accept(restarted.sdpFragment());
            int before = peer.answeredChecks;
            peer.check("newname", LoopbackPeer.value(restarted.sdpFragment(), "a=ice-pwd:"));
            await().atMost(SOON).until(() -> peer.answeredChecks > before);
            pictures(1);
            await().atMost(SOON).until(() -> of(peer, 108).size() >= 3);
        }
    }

    private static int status(PatchReply reply) {
        return ((PatchReply.Refused) reply).status();
    }
}
