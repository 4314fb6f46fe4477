package dev.weir.simulcast.internal.rtp;

import static dev.weir.simulcast.internal.rtp.Packets.DELTA;
import static dev.weir.simulcast.internal.rtp.Packets.IDR;
import static dev.weir.simulcast.internal.rtp.Packets.PPS;
import static dev.weir.simulcast.internal.rtp.Packets.SPS;
import static dev.weir.simulcast.internal.rtp.Packets.avcc;
import static dev.weir.simulcast.internal.rtp.Packets.fuA;
import static dev.weir.simulcast.internal.rtp.Packets.stapA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.internal.rtp.H264Depacketizer.Broken;
import dev.weir.simulcast.internal.rtp.H264Depacketizer.Complete;
import dev.weir.simulcast.internal.rtp.H264Depacketizer.Picture;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class H264DepacketizerTest {

    private final H264Depacketizer depacketizer = new H264Depacketizer();
    private int sequence;

    @Test
    void singleUnitsOfOneTime_areOnePicture_andParameterSetsGoToTheHeader() {
        assertThat(send(0, false, SPS)).isEmpty();
        assertThat(send(0, false, PPS)).isEmpty();

        Complete picture = complete(send(0, true, IDR));

        assertThat(picture.key()).isTrue();
        assertThat(picture.payload()).isEqualTo(avcc(IDR));
        assertThat(picture.header().width()).isEqualTo(320);
        assertThat(picture.header().height()).isEqualTo(180);
        assertThat(picture.header().avcConfig())
                .isEqualTo(HexFormat.of()
                        .parseHex("0142c00dffe10017" + HexFormat.of().formatHex(SPS) + "010004"
                                + HexFormat.of().formatHex(PPS)));
    }

    @Test
    void parameterSetsInOneAggregate_serveTheFragmentedKeyPictureBehindThem() {
        begin();
        byte[] large = new byte[5000];
        large[0] = 0x65;
        large[1] = (byte) 0x88;
        send(3000, false, stapA(SPS, PPS));
        List<Picture> ended = new ArrayList<>();
        List<byte[]> fragments = fuA(large, 1100);
        for (int i = 0; i < fragments.size(); i++) {
            ended.addAll(send(3000, i == fragments.size() - 1, fragments.get(i)));
        }

        assertThat(complete(ended).payload()).isEqualTo(avcc(large));
    }

    @Test
    void slicesOfOnePicture_stayTogether() {
        begin();
        byte[] second = {0x41, 0x40, 9};
        send(3000, false, DELTA);

        assertThat(complete(send(3000, true, second)).payload()).isEqualTo(avcc(DELTA, second));
    }

    @Test
    void pictureWithoutMarker_endsWithTheNextOne() {
        begin();
        assertThat(send(3000, false, DELTA)).isEmpty();

        List<Picture> ended = send(6000, true, DELTA);

        assertThat(ended).hasSize(2);
        assertThat(ended).allSatisfy(picture -> assertThat(picture).isInstanceOf(Complete.class));
        assertThat(((Complete) ended.getFirst()).timestamp()).isEqualTo(3000);
    }

    @Test
    void delimiterFillerAndPadding_areLeftOut() {
        begin();
        send(3000, false, new byte[] {9, (byte) 0xF0});
        send(3000, false, new byte[0]);
        send(3000, false, new byte[] {12, 1, 2});

        assertThat(complete(send(3000, true, DELTA)).payload()).isEqualTo(avcc(DELTA));
    }

    @Test
    void changedParameterSets_makeAnotherHeader_andRepeatedOnesDoNot() {
        Complete first = begin();
        Complete second = complete(send(3000, true, stapA(SPS, PPS, IDR)));
        byte[] larger = HexFormat.of().parseHex("6742c015da07823fac0440000003004000000f03c58ba8");
        Complete third = complete(send(6000, true, stapA(larger, PPS, IDR)));

        assertThat(second.header()).isSameAs(first.header());
        assertThat(third.header().width()).isEqualTo(480);
    }

    @Test
    void fragmentThatBeginsAndEnds_isAWholeUnit() {
        begin();

        assertThat(complete(send(3000, true, fuA(DELTA, 100).getFirst())).payload())
                .isEqualTo(avcc(DELTA));
    }

    @Test
    void malformedPackets_spoilTheirPicture_andNoOther() {
        begin();
        List<byte[]> malformed = List.of(
                new byte[] {0x7C, 0x05, 1},
                new byte[] {0x7C, 0x05},
                new byte[] {0x7C, (byte) 0x85, 1},
                new byte[] {0x78, 0, 9, 1},
                new byte[] {0x78, 0, 0},
                new byte[] {0x78, 0},
                new byte[] {0x79, 1, 2, 3},
                new byte[] {0x60, 1, 2});
        int time = 3000;
        for (byte[] payload : malformed) {
            assertThat(send(time, true, payload))
                    .as(HexFormat.of().formatHex(payload))
                    .singleElement()
                    .isInstanceOf(Broken.class);
            assertThat(send(time + 3000, true, DELTA)).singleElement().isInstanceOf(Complete.class);
            time += 6000;
        }
    }

    @Test
    void unreadableParameterSets_spoilTheirPicture_andKeepTheHeader() {
        Complete first = begin();

        assertThat(send(3000, true, stapA(new byte[] {0x67, 1}, PPS, IDR)))
                .singleElement()
                .isInstanceOf(Broken.class);
        assertThat(complete(send(6000, true, DELTA)).header()).isSameAs(first.header());
    }

    @Test
    void pictureLargerThanTheBound_isBroken() {
        begin();
        byte[] fragment = new byte[1200];
        fragment[0] = 0x7C;
        fragment[1] = (byte) 0x85;
        send(3000, false, fragment);
        fragment[1] = 5;
        for (int i = 0; i < AccessUnitBuffer.MAX_BYTES / 1100; i++) {
            send(3000, false, fragment);
        }

        assertThat(send(3000, true, fragment)).singleElement().isInstanceOf(Broken.class);
        assertThat(send(6000, true, DELTA)).singleElement().isInstanceOf(Complete.class);
    }

    @Test
    void pictureBeforeParameterSets_isBroken() {
        assertThat(send(0, true, IDR)).singleElement().isInstanceOf(Broken.class);
    }

    @Test
    void gap_spoilsThePictureBeforeIt_andTheRestOfTheOneAfterIt() {
        begin();
        send(3000, false, DELTA);
        assertThat(depacketizer.gap()).singleElement().isInstanceOf(Broken.class);

        assertThat(send(6000, true, new byte[] {0x41, 0x40, 9}))
                .as("a slice that is not the first of its picture")
                .singleElement()
                .isInstanceOf(Broken.class);
        assertThat(send(9000, true, DELTA)).singleElement().isInstanceOf(Complete.class);
    }

    private Complete begin() {
        return complete(send(0, true, stapA(SPS, PPS, IDR)));
    }

    private List<Picture> send(int timestamp, boolean marker, byte[] payload) {
        return depacketizer.accept(Packets.packet(sequence++, timestamp, marker, payload));
    }

    private static Complete complete(List<Picture> ended) {
        assertThat(ended).hasSize(1);
        assertThat(ended.getFirst()).isInstanceOf(Complete.class);
        return (Complete) ended.getFirst();
    }
}
