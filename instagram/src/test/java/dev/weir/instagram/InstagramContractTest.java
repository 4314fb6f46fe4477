package dev.weir.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelContract;
import dev.weir.connectors.Fault;
import dev.weir.connectors.sandbox.SandboxDelivery;
import org.junit.jupiter.api.Test;

/** Does Instagram keep what every channel promises? It sells nothing itself: what it pushes are comments under a live. */
class InstagramContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "instagram";
    }

    @Override
    protected boolean sells() {
        return false;
    }

    @Override
    protected SandboxDelivery pushed() {
        return bench.platform().comment("buyer_demo", "SKU42 x2").getFirst();
    }

    @Test
    void sale_isRefused_namingTheCheckoutLink_andTakesNothing() {
        var shelf = bench.platform().stock();

        assertThatThrownBy(() -> bench.platform().buy(TEE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders are placed on the brand's own checkout")
                .hasMessageContaining("?products=TEE-RED-M%3A1");
        assertThat(bench.platform().stock()).isEqualTo(shelf).isNotEmpty();
        assertThat(bench.platform().orders()).isEmpty();
    }

    @Test
    void order_isNotFound_inWords_withoutAskingAnyone() {
        bench.server().close();

        assertFault(Fault.NOT_FOUND, () -> webhooks().fetch("17900000000000001"));
        assertThatThrownBy(() -> webhooks().fetch("17900000000000001"))
                .hasMessageContaining("Instagram has no orders")
                .hasMessageContaining("2026-10-27");
    }
}
