package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.WebhookSubscriptions.Found;
import dev.weir.connectors.WebhookSubscriptions.Subscription;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Are subscriptions made, found, mended and made again? */
class ShopifySubscriptionsTest extends ShopifyStories {
    private static final URI HERE = URI.create("https://hub.example.com/webhooks/shopify/1");
    private static final URI ELSEWHERE = URI.create("https://old.example.com/webhooks/shopify/1");

    @Test
    void nothingThere_allIsMade_andIsThereTheNextTime() {
        List<Subscription> made = port().heal(HERE);

        assertThat(made)
                .extracting(Subscription::topic)
                .contains("orders/create", "orders/cancelled", "inventory_levels/update", "app/uninstalled")
                .doesNotContain("customers/redact");
        assertThat(made).extracting(Subscription::found).containsOnly(Found.MISSING);
        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.THERE);
        assertThat(there()).hasSize(made.size());
    }

    @Test
    void droppedAfterFailures_isMadeAgain() {
        port().heal(HERE);

        bench.platform().flip("subscriptions-dropped", true);

        assertThat(there()).isEmpty();
        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.MISSING);
        assertThat(there()).hasSize(17);
    }

    @Test
    void pointedElsewhere_isMoved_andNothingIsLeftThere() {
        port().heal(ELSEWHERE);

        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.MOVED);

        assertThat(there())
                .hasSize(17)
                .allSatisfy(each -> assertThat(
                                each.path("endpoint").path("callbackUrl").asText())
                        .isEqualTo(HERE.toString()));
    }

    @Test
    void madeByAnotherVersion_isMadeAnew() {
        bench.channel()
                .webhookSubscriptions(with(Map.of("apiVersion", "2026-07")))
                .heal(HERE);

        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.MOVED);

        assertThat(there())
                .allSatisfy(each -> assertThat(
                                each.path("apiVersion").path("handle").asText())
                        .isEqualTo("2026-10"));
    }

    @Test
    void lostAnswer_isNoSecondSubscription() {
        bench.server().loseAnswer(Pattern.compile("webhookSubscriptionCreate\\("));

        port().heal(HERE);

        assertThat(there()).hasSize(17);
    }

    @Test
    void addressThatShopifyDoesNotTake_isRefusedWithItsReason() {
        assertThat(refused(Fault.REJECTED, () -> port().heal(URI.create("http://hub.example.com/webhooks"))))
                .hasMessageContaining("Address protocol http:// is not supported");
    }

    private WebhookSubscriptions port() {
        return bench.channel().webhookSubscriptions(bench.connection());
    }

    private List<JsonNode> there() {
        JsonNode nodes = Sandboxes.ask(
                        bench,
                        "{ webhookSubscriptions(first: 100) { nodes { topic apiVersion { handle } endpoint { callbackUrl } } } }")
                .path("data")
                .path("webhookSubscriptions")
                .path("nodes");
        return java.util.stream.StreamSupport.stream(nodes.spliterator(), false).toList();
    }
}
