package dev.weir.simulcast.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceptionTest {

    private static final long MILLI = 1_000_000;

    private final Reception reception = new Reception(7, 90_000);

    @Test
    void noLoss_isReportedAsNone() {
        receive(0, 10);

        Reception.Block block = reception.report(0);

        assertThat(block.fractionLost()).isZero();
        assertThat(block.cumulativeLost()).isZero();
        assertThat(block.highest()).isEqualTo(9);
        assertThat(block.jitter()).isZero();
    }

    @Test
    void everyFourthPacketLost_isAQuarter_andOnlySinceTheReportBefore() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3 || i == 99) {
                receive(i, i + 1);
            }
        }

        Reception.Block first = reception.report(0);
        receive(100, 200);
        Reception.Block second = reception.report(0);

        assertThat(first.fractionLost()).isEqualTo(24 * 256 / 100);
        assertThat(first.cumulativeLost()).isEqualTo(24);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(24);
    }

    @Test
    void packetsThatComeTwice_makeTheLossNegative_andTheFractionZero() {
        receive(0, 10);
        receive(5, 10);

        Reception.Block block = reception.report(0);

        assertThat(block.fractionLost()).isZero();
        assertThat(block.cumulativeLost()).isEqualTo(-5);
    }

    @Test
    void highestNumber_countsTheWraps() {
        receive(65_530, 65_540);

        assertThat(reception.report(0).highest()).isEqualTo(65_539);
    }

    @Test
    void unevenArrival_isJitter() {
        for (int i = 0; i < 200; i++) {
            reception.received(
                    Packets.packet(i, i * 3000, true, new byte[1]),
                    i * 3000L * 1_000_000_000 / 90_000 + i % 2 * 10 * MILLI);
        }

        assertThat(reception.report(0).jitter()).isBetween(800, 901);
    }

    @Test
    void publishersReport_isEchoedWithItsAge() {
        receive(0, 1);
        assertThat(reception.report(0).lastReport()).isZero();
        reception.reported(new SenderReport(7, 0x0011223344556677L, 0), 1000 * MILLI);

        Reception.Block block = reception.report(1500 * MILLI);

        assertThat(block.lastReport()).isEqualTo(0x22334455);
        assertThat(block.delay()).isEqualTo(32_768);
    }

    private void receive(int from, int to) {
        for (int i = from; i < to; i++) {
            reception.received(Packets.packet(i, i * 3000, true, new byte[1]), i * 3000L * 1_000_000_000 / 90_000);
        }
    }
}
