package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JitterBufferTest {

    private final JitterBuffer buffer = new JitterBuffer(new JitterBuffer.Patience(10, 40, 300));

    @Test
    void packetsInOrder_passAtOnce() {
        offer(0, 5, 6);

        assertThat(drain()).containsExactly(5, 6);
    }

    @Test
    void reorderedPackets_comeOutInOrder_andAreNotAskedFor() {
        offer(0, 5, 7, 8);
        assertThat(drain()).containsExactly(5);
        offer(5, 6);

        assertThat(drain()).containsExactly(6, 7, 8);
        assertThat(buffer.missing(50)).isEmpty();
        assertThat(buffer.asked()).isZero();
    }

    @Test
    void duplicatesAndLatecomers_areIgnored() {
        offer(0, 5, 5, 7, 7, 5, 4);

        assertThat(drain()).containsExactly(5);
        assertThat(buffer.late()).isEqualTo(4);
        offer(1, 6, 6);
        assertThat(drain()).containsExactly(6, 7);
    }

    @Test
    void missingPackets_areAskedForAfterTheGrace_andAgainEvery40Millis() {
        offer(0, 5, 8);

        assertThat(buffer.missing(9)).isEmpty();
        assertThat(buffer.missing(10)).containsExactly(6, 7);
        assertThat(buffer.missing(49)).isEmpty();
        assertThat(buffer.missing(50)).containsExactly(6, 7);
        offer(60, 6);
        assertThat(buffer.missing(90)).containsExactly(7);
        assertThat(buffer.asked()).isEqualTo(2);
    }

    @Test
    void whatIsMissingFor300Millis_isGivenUp_andTheRestFollowsAGap() {
        offer(0, 5, 7, 8, 10);
        drain();

        assertThat(buffer.giveUp(299)).isFalse();
        assertThat(buffer.takeGap()).isFalse();
        assertThat(buffer.giveUp(300)).isTrue();
        assertThat(buffer.takeGap()).isTrue();
        assertThat(buffer.takeGap()).isFalse();
        assertThat(drain()).containsExactly(7, 8);
        assertThat(buffer.giveUp(300)).isTrue();
        assertThat(buffer.takeGap()).isTrue();
        assertThat(drain()).containsExactly(10);
        assertThat(buffer.giveUp(300)).isFalse();
        assertThat(buffer.givenUp()).isEqualTo(2);
        assertThat(buffer.missing(1000)).isEmpty();
    }

    @Test
    void youngerHoles_areStillWaitedFor_whenAnOlderOneIsGivenUp() {
        offer(0, 5, 7);
        offer(200, 9);
        drain();

        buffer.giveUp(300);
        assertThat(drain()).containsExactly(7);
        offer(310, 8);
        assertThat(drain()).containsExactly(8, 9);
    }

    @Test
    void numbersWrap_withLossAcrossTheWrap() {
        offer(0, 65_533, 65_534, 1, 2);
        assertThat(drain()).containsExactly(65_533, 65_534);
        assertThat(buffer.missing(10)).containsExactly(65_535, 0);
        offer(20, 0, 65_535);

        assertThat(drain()).containsExactly(65_535, 0, 1, 2);
    }

    @Test
    void manyWraps_loseNothing() {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            offer(i, i & 0xFFFF);
            out.addAll(drain());
        }

        assertThat(out).hasSize(200_000);
        assertThat(buffer.late()).isZero();
    }

    @Test
    void oneStrayNumber_isIgnored_andTwoInARowAreANewStart() {
        offer(0, 100, 101);
        drain();
        offer(1, 30_000, 102);
        assertThat(drain()).containsExactly(102);
        assertThat(buffer.takeGap()).isFalse();

        offer(2, 40_000, 40_001, 40_002);
        assertThat(buffer.takeGap()).isTrue();
        assertThat(drain()).containsExactly(40_001, 40_002);
    }

    @Test
    void jumpBack_isANewStartAsWell() {
        offer(0, 30_000, 30_001);
        drain();
        offer(1, 5, 6, 7);

        assertThat(buffer.takeGap()).isTrue();
        assertThat(drain()).containsExactly(6, 7);
    }

    @Test
    void floodBehindAHole_staysWithinTheBound() {
        offer(0, 0);
        for (int i = 2; i < 5000; i++) {
            offer(0, i);
        }

        assertThat(drain()).as("a new start behind the hole").hasSizeLessThanOrEqualTo(JitterBuffer.CAPACITY * 2);
        assertThat(buffer.missing(1000)).hasSizeLessThanOrEqualTo(JitterBuffer.CAPACITY);
    }

    private void offer(long now, int... sequences) {
        for (int sequence : sequences) {
            buffer.offer(Packets.packet(sequence, 0, true, new byte[] {1}), now);
        }
    }

    private List<Integer> drain() {
        List<Integer> out = new ArrayList<>();
        for (ReceivedRtp next = buffer.poll(); next != null; next = buffer.poll()) {
            out.add(next.sequence());
        }
        return out;
    }
}
