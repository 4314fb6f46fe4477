package dev.weir.simulcast.internal.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.RtcSessionStats;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.WhepReply;
import dev.weir.simulcast.internal.rtc.LoopbackPeer;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A viewer on TCP reads no more, though it goes on signing its checks: who notices? */
class StalledTcpViewerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LOCAL = "127.0.0.1";
    private static final int PICTURE = 60_000;
    private static final byte[] AVC_CONFIG =
            HexFormat.of().parseHex("0142e01fffe1000a6742e01f95a014016e40010004" + "68ce3c80");

    private final PacketFanout fanout = new PacketFanout();
    private final RtcEngine server = RtcEngine.start(
            WebRtcConfig.on(LOCAL, 0).withTimes(Duration.ofSeconds(20), Duration.ofSeconds(6)), InstantSource.system());
    private final WhepRooms rooms = new WhepRooms(server);
    private final StreamHeaders headers = new StreamHeaders(
            1,
            new VideoHeader(AVC_CONFIG, 4, 320, 180, 66, 31),
            new AudioHeader(AudioCodec.OPUS, new byte[19], 48_000, 2));
    private long millis = 1000;

    @AfterEach
    void stop() {
        rooms.close();
        server.close();
    }

    private RoomSource live() {
        RenditionLease lease = new RenditionLease() {
            @Override
            public PacketFanout fanout() {
                return fanout;
            }

            @Override
            public void close() {}
        };
        return new RoomSource(fanout, "show", () -> lease, () -> {});
    }

    private void picture(boolean key) {
        var unit = ByteBuffer.allocate(4 + PICTURE).putInt(PICTURE).put((byte) (key ? 0x65 : 0x41));
        fanout.publish(new MediaUnit(Track.VIDEO, millis, millis, key, unit.array(), headers));
        millis += 20;
    }

    private static long pictures(LoopbackPeer peer) {
        return peer.packets.stream()
                .filter(packet -> packet.payloadType() == 108 && packet.marker())
                .count();
    }

    private static void join(WhepRooms rooms, RoomSource live, LoopbackPeer peer, String setup) {
        var answer = (WhepReply.Answered) rooms.answer(live, peer.offer(setup), LOCAL);
        peer.accept(answer.sdp());
    }

    private boolean present(String transport) {
        return server.sessions().stream().map(RtcSessionStats::transport).anyMatch(transport::equals);
    }

    @Test
    void viewerThatReadsNothing_isLetGoAndTheOtherGetsEveryPicture() throws IOException {
        picture(true);
        RoomSource live = live();
        try (var well = LoopbackPeer.simple();
                var stalled = LoopbackPeer.simple()) {
            join(rooms, live, well, "actpass");
            well.overUdp(server.port()).connect(false);
            join(rooms, live, stalled, "actpass");
            stalled.overTcp(server.port()).connect(false);
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                well.check();
                stalled.check();
                picture(true);
                return pictures(well) > 0 && pictures(stalled) > 0;
            });

            stalled.stopReading();
            long before = pictures(well);
            int[] sent = {0};
            await().atMost(SOON).pollInterval(Duration.ofMillis(30)).until(() -> {
                well.check();
                stalled.check();
                picture(false);
                sent[0]++;
                return !present("TCP");
            });

            await().atMost(SOON).until(() -> pictures(well) >= before + sent[0]);
            assertThat(present("UDP")).isTrue();
        }
    }
}
