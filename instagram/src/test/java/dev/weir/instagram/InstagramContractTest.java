package dev.weir.instagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelContract;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Does Instagram keep what every channel promises? It sells nothing itself, so promises about sales are its refusal. */
@ExtendWith(InstagramContractTest.NoSales.class)
class InstagramContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "instagram";
    }

    private void saleIsRefused() {
        var shelf = bench.platform().stock();
        assertThatThrownBy(() -> bench.platform().buy(TEE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders are placed on the brand's own checkout")
                .hasMessageContaining("?products=TEE-RED-M%3A1");
        assertThat(bench.platform().stock())
                .isEqualTo(shelf)
                .containsKeys(ChannelBench.SHELVES.get(1).sku());
        assertThat(bench.platform().orders()).isEmpty();
    }

    /** Puts the refusal in the place of the promises about native sales. */
    static final class NoSales implements InvocationInterceptor {
        private static final Set<String> SALES =
                Set.of("shop_sellsNoMoreThanItHas_whenManyAskAtOnce", "shop_refusesASaleItCannotMake_sayingWhy");

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
                throws Throwable {
            String promise = called.getExecutable().getName();
            if (SALES.contains(promise) || promise.startsWith("delivery_")) {
                invocation.skip();
                ((InstagramContractTest) context.getRequiredTestInstance()).saleIsRefused();
            } else {
                invocation.proceed();
            }
        }
    }
}
