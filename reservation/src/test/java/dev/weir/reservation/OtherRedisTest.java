package dev.weir.reservation;

import static dev.weir.reservation.Shop.granted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Sku;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own Redis in front of the ledger, Debian's 7.0 or what WEIR_REDIS_SERVER names. */
class OtherRedisTest extends ReservationsContract {
    private static final Path PROGRAM =
            Path.of(Optional.ofNullable(System.getenv("WEIR_REDIS_SERVER")).orElse("/usr/bin/redis-server"));
    private static RedisProcess redis;

    @BeforeAll
    static void start() throws IOException {
        boolean present = Files.isExecutable(PROGRAM);
        if (!present && "true".equals(System.getenv("WEIR_REQUIRE_TOOLS"))) {
            throw new AssertionError(PROGRAM + ": absent (expected: installed, because WEIR_REQUIRE_TOOLS is true)");
        }
        Assumptions.assumeTrue(present, PROGRAM + " is absent");
        redis = RedisProcess.start(PROGRAM);
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    protected Shop open() {
        Shop opened = new Shop(Servers.database(), Servers.redis(redis.port));
        assertThat(opened.module.resync()).isTrue();
        return opened;
    }

    @Test
    void overTls_withAPassword_isBelieved_andAWrongCertificateIsNot(@TempDir Path folder) throws Exception {
        RedisCertificate certificate = RedisCertificate.make(folder);
        try (RedisProcess secure = RedisProcess.startWithTls(
                PROGRAM,
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                certificate.certificate().toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                "secret")) {
            String plain = "rediss://:secret@127.0.0.1:" + secure.port;
            RedisAddress trusted = RedisAddress.parse(plain + "?ca=" + certificate.certificate());
            try (Shop overTls = new Shop(Servers.database(), trusted);
                    Shop blind = new Shop(Servers.database(), RedisAddress.parse(plain))) {
                assertThat(overTls.module.resync()).isTrue();
                assertThat(blind.module.resync()).isFalse();
                Sku sku = overTls.stocked("A", 1);
                assertThat(granted(overTls.hold(sku, 1)).hold()).isNotNull();
            }
        }
    }
}
