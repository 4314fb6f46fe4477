package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.WebhookSubscriptions.Found;
import dev.weir.connectors.WebhookSubscriptions.Subscription;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Are subscriptions made, found, mended and woken? */
class SubscriptionStoriesTest extends Stories {
    private static final URI HERE = URI.create("https://hub.example.com/webhooks/bigcommerce/1");
    private static final URI ELSEWHERE = URI.create("https://old.example.com/webhooks/bigcommerce/1");

    @Test
    void nothingThere_allIsMade_andIsThereTheNextTime() {
        assertThat(port().heal(HERE))
                .containsExactly(
                        new Subscription("store/order/created", Found.MISSING),
                        new Subscription("store/order/updated", Found.MISSING),
                        new Subscription("store/order/refund/created", Found.MISSING));
        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.THERE);
        assertThat(shop.subscriptions()).hasSize(3);
    }

    @Test
    void deactivatedAfterFailures_isWoken() {
        port().heal(HERE);
        shop.flip("hooks-deactivated", true);

        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.MISSING);

        assertThat(shop.subscriptions())
                .hasSize(3)
                .allSatisfy(
                        each -> assertThat(each.path("is_active").asBoolean()).isTrue());
    }

    @Test
    void pointedElsewhere_isMoved() {
        port().heal(ELSEWHERE);

        assertThat(port().heal(HERE)).extracting(Subscription::found).containsOnly(Found.MOVED);

        assertThat(shop.subscriptions())
                .hasSize(3)
                .allSatisfy(
                        each -> assertThat(each.path("destination").asText()).isEqualTo(HERE.toString()));
    }

    @Test
    void secretThatWasChanged_changesTheHeaderOfEverySubscription() {
        port().heal(HERE);
        String before = shop.subscriptions().getFirst().path("headers").toString();

        bench.channel()
                .webhookSubscriptions(with(Map.of("webhookSecret", "another")))
                .heal(HERE);

        assertThat(shop.subscriptions())
                .allSatisfy(each -> assertThat(each.path("headers").toString())
                        .contains("X-Weir-Key")
                        .isNotEqualTo(before));
    }

    @Test
    void lostAnswer_isNoSecondSubscription() {
        bench.server().loseAnswer(Pattern.compile("\"scope\":\"store/order/updated\""));

        port().heal(HERE);

        assertThat(bench.server().lostOne()).isTrue();
        assertThat(shop.subscriptions()).hasSize(3);
    }

    @Test
    void addressThatBigCommerceDoesNotPushTo_isRefusedWithTheReason() {
        for (String address : new String[] {"http://hub.example.com/w", "https://hub.example.com:8443/w"}) {
            assertThat(refused(Fault.REJECTED, () -> port().heal(URI.create(address))))
                    .hasMessageContaining("expected: https on port 443");
        }
    }

    private WebhookSubscriptions port() {
        return bench.channel().webhookSubscriptions(bench.connection());
    }
}
