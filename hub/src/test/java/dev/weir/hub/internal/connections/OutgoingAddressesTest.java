package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingAddressesTest {
    private static final Set<String> RTMP = Set.of("rtmp", "rtmps");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtmp://127.0.0.1/live/key",
                "rtmp://[::1]/live/key",
                "rtmp://10.1.2.3/live/key",
                "rtmp://192.168.0.9/live/key",
                "rtmp://169.254.169.254/live/key",
                "rtmp://100.64.0.1/live/key",
                "rtmp://[fd00::1]/live/key",
                "rtmp://0.0.0.0/live/key",
                "http://93.184.216.34/live",
                "file:///etc/passwd",
                "nonsense",
            })
    void addressInside_orOfAnotherKind_isRefused(String url) {
        assertThatThrownBy(() -> new OutgoingAddresses(false).check("url", url, RTMP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageContaining("expected");
    }

    @Test
    void publicAddress_isFine_evenWithAKeyThatIsNoUri() {
        String url = "rtmp://93.184.216.34:1935/app/key?s_efg=x y|z&a=%3D";

        assertThat(new OutgoingAddresses(false).check("url", url, RTMP).getHost())
                .isEqualTo("93.184.216.34");
    }

    @Test
    void demo_mayCallItself() {
        assertThat(new OutgoingAddresses(true)
                        .check("url", "rtmp://127.0.0.1/sandbox/x", RTMP)
                        .getHost())
                .isEqualTo("127.0.0.1");
    }
}
