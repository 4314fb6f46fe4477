package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What does the hub make of each of Shopify's bad days? */
class ShopifyQuirksTest extends ShopifyStories {
    @Test
    void everyQuirk_isNamed_andFlipsOnAndOff() {
        List<SandboxPlatform.Quirk> quirks = bench.platform().quirks();

        assertThat(quirks).hasSizeGreaterThan(12).allSatisfy(quirk -> {
            assertThat(quirk.on()).isFalse();
            assertThat(quirk.what()).isNotBlank();
            bench.platform().flip(quirk.name(), true);
        });
        assertThat(bench.platform().quirks()).allMatch(SandboxPlatform.Quirk::on);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> bench.platform().flip("nonsense", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }

    @Test
    void throttling_isToldWithItsWait_inBothOfItsForms() {
        bench.platform().flip("throttled", true);
        refused(Fault.THROTTLED, this::poll);
        bench.platform().flip("throttled", false);
        bench.platform().flip("edge-429", true);

        assertThat(refused(Fault.THROTTLED, this::poll).retryAfter()).hasSeconds(1);
    }

    @Test
    void standardPlan_runsDry_andSaysHowMuchIsLeft() {
        bench.platform().flip("standard-plan", true);
        String dear = "{ orders(first: 250) { nodes { id totalPriceSet { shopMoney { amount } } } } }";
        JsonNode first = Sandboxes.ask(bench, dear).path("extensions").path("cost");
        assertThat(first.path("throttleStatus").path("maximumAvailable").asDouble())
                .isEqualTo(2000);

        List<String> codes = new ArrayList<>();
        for (int asked = 0; asked < 8; asked++) {
            codes.add(Sandboxes.ask(bench, dear).at("/errors/0/extensions/code").asText());
        }

        assertThat(codes).contains("", "THROTTLED");
    }

    @Test
    void orderWhoseAnswerWas502_isNotMadeAgain_whileTheIndexLags() {
        OrderPush.Request order = request("weir-9");
        bench.platform().flip("late-search", true);
        bench.platform().flip("error-after-write", true);
        OrderPush port = bench.channel().orderPush(bench.connection());
        refused(Fault.OUTCOME_UNKNOWN, () -> port.push(order));
        bench.platform().flip("error-after-write", false);

        ChannelException again = refused(Fault.OUTCOME_UNKNOWN, () -> port.push(order));
        assertThat(again.retryAfter()).isPositive();
        clock.forward(Duration.ofSeconds(31));

        assertThat(bench.platform().orders()).hasSize(1).first().asString().contains(port.push(order));
        assertThat(bench.platform().orders()).hasSize(1);
    }

    @Test
    void anotherWriter_isReadAgainAndWrittenOver_butNeverUpOverItsFall() {
        Listing tee = listing(TEE);
        StockWrite stock = bench.channel().stockWrite(bench.connection());
        stock.write(List.of(level(tee, 8, 1)));
        bench.platform().flip("other-writer", true);

        ChannelException up = stock.write(List.of(level(tee, 9, 2))).getFirst().refusal();

        assertThat(up).isNotNull();
        assertThat(up.fault()).isEqualTo(Fault.CONFLICT);
        bench.platform().flip("other-writer", false);
        assertThat(stock.write(List.of(level(tee, 3, 3))).getFirst().refusal()).isNull();
        assertThat(bench.platform().stock()).containsEntry(TEE, 3);
    }

    @Test
    void lapsedToken_isUnauthorised() {
        bench.platform().flip("tokens-lapsed", true);

        refused(Fault.UNAUTHORISED, this::poll);
        assertThat(bench.channel().check(bench.connection()).ok()).isFalse();
    }

    @Test
    void retiredVersion_isToldByTheCheck_andNoVersionThatIsNoQuarterIsAsked() {
        bench.platform().flip("version-retired", true);

        assertThat(bench.channel().check(bench.connection()).detail())
                .contains("apiVersion: 2026-10 is answered as 2026-07");
        assertThat(bench.channel().check(with(Map.of("apiVersion", "unstable"))).detail())
                .contains("apiVersion: unstable");
    }

    @Test
    void shopThatIsNotTheTokens_isToldByTheCheck() {
        assertThat(bench.channel()
                        .check(with(Map.of("shop", "other.myshopify.com")))
                        .detail())
                .contains("shop: other.myshopify.com (expected: weir-demo.myshopify.com");
    }

    @Test
    void oldSecret_isVerifiedOnlyWhileItIsKnown() {
        bench.platform().flip("old-secret", true);
        RawWebhook delivery = bench.arrive(
                java.util.Objects.requireNonNull(bench.platform().buy(TEE, 1).delivery()));

        assertThat(bench.channel().orderWebhook(bench.connection()).verify(delivery))
                .isInstanceOf(WebhookVerdict.Forged.class);
        assertThat(bench.channel()
                        .orderWebhook(with(Map.of("previousWebhookSecret", "shpss_sandbox_old")))
                        .verify(delivery))
                .isInstanceOf(WebhookVerdict.Authentic.class);
    }

    @Test
    void deliveriesTwiceAndOutOfOrder_keepTheirIds_andTellOneOrder() {
        List<SandboxDelivery> pushed = new ArrayList<>();
        bench.platform().pushTo(pushed::add);
        bench.platform().flip("webhooks-twice", true);
        bench.platform().flip("webhooks-out-of-order", true);
        SandboxPlatform.Sale sale = bench.platform().buy(TEE, 1);
        pushed.add(java.util.Objects.requireNonNull(sale.delivery()));
        OrderWebhook port = bench.channel().orderWebhook(bench.connection());

        List<String> ids = pushed.stream()
                .map(each -> ((WebhookVerdict.Authentic) port.verify(bench.arrive(each))).deliveryId())
                .toList();

        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(0));
        pushed.forEach(each -> assertThat(port.read(bench.arrive(each)).getFirst())
                .isInstanceOfSatisfying(
                        ChannelEvent.OrderStated.class,
                        stated -> assertThat(stated.order().externalId()).isEqualTo(sale.orderId())));
    }

    @Test
    void lateDeliveries_comeAllTheSame() {
        List<SandboxDelivery> pushed = new ArrayList<>();
        bench.platform().pushTo(pushed::add);
        bench.channel()
                .webhookSubscriptions(bench.connection())
                .heal(URI.create("https://hub.example.com/webhooks/shopify/1"));
        bench.platform().flip("webhooks-late", true);
        bench.platform().buy(TEE, 1);
        assertThat(pushed).isEmpty();

        bench.platform().flip("webhooks-late", false);

        assertThat(pushed)
                .extracting(each -> each.headers().get("X-Shopify-Topic"))
                .contains("inventory_levels/update", "products/update");
    }

    private void poll() {
        bench.channel().orderPoll(bench.connection()).changedSince(Instant.EPOCH);
    }

    private static StockWrite.Target level(Listing listing, int units, long version) {
        return new StockWrite.Target(new StockLevel(listing.sku(), units, version), listing);
    }

    private OrderPush.Request request(String key) {
        return new OrderPush.Request(
                key,
                List.of(new OrderPush.Line(tee(1), listing(TEE))),
                tee(1).amount(),
                "ada@example.com",
                Map.of("name", "Ada Byron"),
                Map.of(),
                null);
    }
}
