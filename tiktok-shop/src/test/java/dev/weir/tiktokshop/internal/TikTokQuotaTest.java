package dev.weir.tiktokshop.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Connection;
import dev.weir.connectors.http.BudgetTerms.Bucket;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which budget does a call spend from, and how large is it? */
class TikTokQuotaTest {
    private static final TikTokCall READ = TikTokCall.get(Lane.ORDER, "OrderDetail", "/order/202507/orders");
    private static final TikTokCall SEARCH = TikTokCall.post(
            Lane.ORDER, "OrderSearch", "/order/202309/orders/search", TikTokClient.JSON.createObjectNode());
    private static final TikTokCall WRITE = TikTokCall.post(
            Lane.STOCK,
            "InventoryUpdate",
            "/product/202309/products/1/inventory/update",
            TikTokClient.JSON.createObjectNode());

    @Test
    void eachApi_hasABudgetOfItsOwn_andReadsHaveMoreThanWrites() {
        assertThat(of(READ, Map.of()).name()).isNotEqualTo(of(SEARCH, Map.of()).name());
        for (TikTokCall read : new TikTokCall[] {READ, SEARCH}) {
            assertThat(of(read, Map.of()).refillPerSecond()).isBetween(9.0, 10.0);
        }
        assertThat(of(WRITE, Map.of()).refillPerSecond()).isBetween(4.5, 5.0);
    }

    @Test
    void grantsOfTheShop_canBeSet_andNonsenseIsNamed() {
        assertThat(of(WRITE, Map.of("writesPerSecond", "50")).refillPerSecond()).isBetween(45.0, 50.0);
        assertThatThrownBy(() -> of(READ, Map.of("readsPerSecond", "many")))
                .hasMessageContaining("readsPerSecond: many");
    }

    @Test
    void refusalForTheRate_closesTheBudgetForAsLongAsItSays() {
        assertThat(Quota.of(connection(Map.of()), READ)
                        .learn(new HttpAnswer(429, Map.of("retry-after", "7"), new byte[0])))
                .contains(new Reading.Closed(Duration.ofSeconds(7)));
    }

    private static Bucket of(TikTokCall call, Map<String, String> settings) {
        return Quota.of(connection(settings), call).bucket();
    }

    private static Connection connection(Map<String, String> settings) {
        return new Connection(UUID.randomUUID(), "demo", "tiktok-shop", "Bench", settings);
    }
}
