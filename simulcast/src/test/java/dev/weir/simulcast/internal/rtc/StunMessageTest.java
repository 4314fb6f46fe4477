package dev.weir.simulcast.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vectors are those of RFC 5769 §2. */
class StunMessageTest {

    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final byte[] TRANSACTION = hex("b7e7a701bc34d686fa87dfae");
    private static final byte[] REQUEST = hex("000100582112a442b7e7a701bc34d686fa87dfae"
            + "802200105354554e207465737420636c69656e74"
            + "002400046e0001ff80290008932ff9b151263b36"
            + "000600096576746a3a68367659202020"
            + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
            + "80280004e57a3bcf");
    private static final byte[] RESPONSE_V4 = hex("0101003c2112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220"
            + "002000080001a147e112a643"
            + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004c07d4c96");
    private static final byte[] RESPONSE_V6 = hex("010100482112a442b7e7a701bc34d686fa87dfae"
            + "8022000b7465737420766563746f7220"
            + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004c8fb0b4c");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static StunMessage parsed(byte[] bytes) {
        return StunMessage.parse(bytes).orElseThrow();
    }

    @Test
    void sampleRequest_isReadAndBelieved() {
        StunMessage request = parsed(REQUEST);

        assertThat(request.type()).isEqualTo(StunMessage.BINDING_REQUEST);
        assertThat(request.username()).isEqualTo("evtj:h6vY");
        assertThat(request.transactionId()).isEqualTo(TRANSACTION);
        assertThat(request.useCandidate()).isFalse();
        assertThat(request.integrityHolds(PASSWORD)).isTrue();
        assertThat(request.fingerprintHolds()).isTrue();
    }

    @Test
    void sampleResponses_areBelieved() {
        for (byte[] response : new byte[][] {RESPONSE_V4, RESPONSE_V6}) {
            assertThat(parsed(response).integrityHolds(PASSWORD)).isTrue();
            assertThat(parsed(response).fingerprintHolds()).isTrue();
        }
    }

    @Test
    void mappedAddress_isWrittenAsInTheSamples() throws Exception {
        byte[] v4 = StunWriter.bindingSuccess(
                TRANSACTION, new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 32853), PASSWORD);
        byte[] v6 = StunWriter.bindingSuccess(
                TRANSACTION,
                new InetSocketAddress(InetAddress.getByName("2001:db8:1234:5678:11:2233:4455:6677"), 32853),
                PASSWORD);

        assertThat(HexFormat.of().formatHex(v4)).contains("002000080001a147e112a643");
        assertThat(HexFormat.of().formatHex(v6)).contains("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
        assertThat(parsed(v4).integrityHolds(PASSWORD)).isTrue();
        assertThat(parsed(v4).fingerprintHolds()).isTrue();
    }

    @Test
    void wrongPassword_isNotBelieved() {
        assertThat(parsed(REQUEST).integrityHolds("VOkJxbRl1RmTxUk/WvJxBT")).isFalse();
    }

    @Test
    void everyChangedBit_isNoticed() {
        for (int at = 0; at < REQUEST.length; at++) {
            byte[] changed = REQUEST.clone();
            changed[at] ^= 1;
            assertThat(StunMessage.parse(changed)
                            .filter(StunMessage::fingerprintHolds)
                            .filter(message -> message.integrityHolds(PASSWORD)))
                    .as("bit of byte %d", at)
                    .isEmpty();
        }
    }

    @Test
    void attributesBehindTheIntegrity_areNotBelieved() {
        byte[] check = StunWriter.bindingRequest(TRANSACTION, "a:b", PASSWORD, false);
        byte[] longer = Arrays.copyOf(check, check.length - 8 + 4);
        StunMessage.putU16(longer, longer.length - 4, StunMessage.USE_CANDIDATE);
        StunMessage.putU16(longer, longer.length - 2, 0);
        StunMessage.putU16(longer, 2, longer.length - StunMessage.HEADER);

        assertThat(parsed(longer).useCandidate()).isFalse();
        assertThat(parsed(longer).fingerprintHolds()).isFalse();
    }

    @Test
    void cutMessages_areNone() {
        for (int length = 0; length < REQUEST.length; length++) {
            assertThat(StunMessage.parse(Arrays.copyOf(REQUEST, length))).isEmpty();
        }
    }

    @Test
    void ownCheck_isReadBack() {
        StunMessage check = parsed(StunWriter.bindingRequest(TRANSACTION, "ours:theirs", PASSWORD, true));

        assertThat(check.username()).isEqualTo("ours:theirs");
        assertThat(check.useCandidate()).isTrue();
        assertThat(check.integrityHolds(PASSWORD)).isTrue();
    }
}
