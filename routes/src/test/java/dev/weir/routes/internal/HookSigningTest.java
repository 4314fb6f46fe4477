package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookSigningTest {
    /** The example that the reference implementations of Standard Webhooks are tested with. */
    @Test
    void signature_isTheOneOfTheStandardsOwnExample() {
        String header = HookSigning.header(
                List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                "{\"test\": 2432232314}");

        assertThat(header).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void secretsThatBothCount_signBoth_apartByASpace() {
        SecureRandom random = new SecureRandom();
        String fresh = HookSigning.secret(random);
        String old = HookSigning.secret(random);

        String both = HookSigning.header(List.of(fresh, old), "evt_1", 1, "{}");

        assertThat(both)
                .isEqualTo(HookSigning.header(List.of(fresh), "evt_1", 1, "{}") + " "
                        + HookSigning.header(List.of(old), "evt_1", 1, "{}"));
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
        assertThat(Base64.getDecoder().decode(fresh.substring(6))).hasSize(32);
    }
}
