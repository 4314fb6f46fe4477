package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void oneServer_withTlsUserAndDatabase() {
        RedisAddress address = RedisAddress.parse("rediss://weir:s%3Acret@redis.internal:6380/2?ca=/etc/weir/ca.pem");
        assertThat(address.cluster()).isFalse();
        assertThat(address.authority()).isEqualTo(Path.of("/etc/weir/ca.pem"));
        RedisURI uri = address.seeds().getFirst();
        assertThat(List.of(uri.getHost(), uri.getPort(), uri.getDatabase(), uri.isSsl()))
                .isEqualTo(List.of("redis.internal", 6380, 2, true));
        assertThat(uri.getCredentialsProvider().resolveCredentials().block().getPassword())
                .containsExactly("s:cret".toCharArray());
    }

    @Test
    void cluster_isFoundThroughAnyOfItsNodes_withOneUserAndTlsForAll() {
        RedisAddress address = RedisAddress.parse("rediss+cluster://weir:secret@a:7000,b:7001?ca=ca.pem");
        assertThat(address.cluster()).isTrue();
        assertThat(address.seeds())
                .allMatch(RedisURI::isSsl)
                .extracting(RedisURI::getHost)
                .containsExactly("a", "b");
        assertThat(address).hasToString("redis cluster a:7000,b:7001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.internal:6379",
                "http://weir:secret@host",
                "redis+cluster://weir:secret@a:7000/1",
                "redis://weir:secret@ho st"
            })
    void whatIsNoAddress_isRefused_withoutThePassword(String text) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }
}
