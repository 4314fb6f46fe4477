package dev.weir.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions.Found;
import dev.weir.connectors.WebhookSubscriptions.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How does the channel get along with the gateway: clocks, tokens, budgets, subscriptions? */
class TikTokShopGatewayTest {
    private static final URI HOOK = URI.create("https://hub.example.com/webhooks/tiktok-shop/1");

    private final TestClock clock = new TestClock();
    private ChannelBench bench;

    @BeforeEach
    void open() {
        bench = new ChannelBench("tiktok-shop", clock);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void clockThatIsWrong_isSetRightByTheGatewaysOwn_andStaysRight() {
        bench.platform().flip("clock-ahead", true);

        assertThat(bench.channel().check(bench.connection()).ok()).isTrue();
        assertThat(bench.channel().check(bench.connection()).ok()).isTrue();
    }

    @Test
    void accessToken_lastsSevenDays() {
        clock.pass(Duration.ofDays(7).minusSeconds(1));
        assertThat(bench.channel().check(bench.connection()).ok()).isTrue();
        clock.pass(Duration.ofSeconds(1));

        assertThat(bench.channel().check(bench.connection()).detail()).contains("105002");
    }

    @Test
    void accessThatWasWithdrawn_orDoesNotCoverTheCall_needsTheOperator() {
        for (String quirk : List.of("withdrawn", "no-scope", "tokens-expired")) {
            bench.platform().flip(quirk, true);
            assertThat(fault()).as(quirk).isEqualTo(Fault.UNAUTHORISED);
            bench.platform().flip(quirk, false);
        }
        assertThat(bench.listings()).hasSize(3);
    }

    @Test
    void throttling_isAWaitOfTheStatedLength() {
        bench.platform().flip("throttled", true);

        ChannelException refusal = catchThrowableOfType(ChannelException.class, () -> bench.listings());

        assertThat(refusal.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(refusal.retryAfter()).hasSeconds(1);
    }

    @Test
    void hourlyCap_isAWaitUntilTheNextHour() {
        bench.platform().flip("hourly-cap", true);

        ChannelException refusal = catchThrowableOfType(ChannelException.class, () -> bench.listings());

        assertThat(refusal.fault()).isEqualTo(Fault.THROTTLED);
        assertThat(refusal.retryAfter()).hasMinutes(15);
    }

    @Test
    void plainHttp_isForThisMachineAlone() {
        Connection plain = with("baseUrl", "http://open-api.tiktokglobalshop.com");

        assertThat(bench.channel().check(plain).detail()).contains("baseUrl", "https");
    }

    @Test
    void check_namesAWarehouseThatIsNotOneToSellFrom() {
        assertThat(bench.channel()
                        .check(with("warehouseId", "7068000000000000009"))
                        .detail())
                .contains("warehouseId", "7068000000000000009", "7068000000000000001");
        assertThat(bench.channel().check(with("shopId", "1")).ok()).isFalse();
        assertThat(bench.channel().check(with("shopCipher", "ROW_other")).ok()).isFalse();
    }

    @Test
    void check_withAWrongKeyOrSecret_namesIt_withoutItsValue() {
        for (String setting : List.of("appKey", "appSecret", "accessToken")) {
            assertThat(bench.channel().check(with(setting, "not-the-one")).detail())
                    .startsWith(setting + ": ")
                    .doesNotContain("not-the-one");
        }
    }

    @Test
    void check_namesAWishThatNoOrderCouldBeHandedOverBy() {
        for (String wish : List.of("yes", "all", "no", "")) {
            assertThat(bench.channel().check(with("ordersToOwnShop", wish)).ok())
                    .isTrue();
        }
        assertThat(bench.channel().check(with("ordersToOwnShop", "maybe")).detail())
                .isEqualTo("ordersToOwnShop: maybe (expected: yes, all or no)");
    }

    @Test
    void subscriptions_areMadeOnce_andMendedWhenTheyPointElsewhere() {
        List<Subscription> first = heal(HOOK);
        List<Subscription> second = heal(HOOK);
        List<Subscription> moved = heal(URI.create("https://other.example.com/hook"));

        assertThat(first).extracting(Subscription::topic).contains("ORDER_STATUS_CHANGE", "INVENTORY_CHANGE");
        assertThat(first).allSatisfy(each -> assertThat(each.found()).isEqualTo(Found.MISSING));
        assertThat(second).allSatisfy(each -> assertThat(each.found()).isEqualTo(Found.THERE));
        assertThat(moved).allSatisfy(each -> assertThat(each.found()).isEqualTo(Found.MOVED));
    }

    @Test
    void topicThatThePlatformDoesNotKnow_keepsTheOthersFromNothing() {
        List<Subscription> healed = bench.channel()
                .webhookSubscriptions(with("inventoryTopic", "STOCK_MOVED"))
                .heal(HOOK);

        assertThat(healed)
                .extracting(Subscription::topic)
                .contains("ORDER_STATUS_CHANGE")
                .doesNotContain("STOCK_MOVED");
    }

    @Test
    void addressThatThePlatformCannotReach_isRefusedSayingWhatItWants() {
        for (String address : List.of(
                "http://hub.example.com/x",
                "https://hub.example.com:8443/x",
                "https://10.0.0.1/x",
                "https://localhost/x")) {
            assertThatThrownBy(() -> heal(URI.create(address))).hasMessageContaining("expected: https");
        }
    }

    @Test
    void live_isAnAddressToPaste_withLimitsThatCanBeSet() {
        var preset = bench.channel()
                .liveDestination(with("liveKilobits", "2500"))
                .presets()
                .getFirst();

        assertThat(preset.ingest()).contains("{key}");
        assertThat(preset.maxKilobits()).isEqualTo(2500);
        assertThat(preset.portrait()).isTrue();
        assertThatThrownBy(() -> bench.channel()
                        .liveDestination(with("liveKilobits", "fast"))
                        .presets())
                .hasMessageContaining("liveKilobits: fast");
    }

    private List<Subscription> heal(URI address) {
        return bench.channel().webhookSubscriptions(bench.connection()).heal(address);
    }

    private Fault fault() {
        return catchThrowableOfType(ChannelException.class, () -> bench.listings())
                .fault();
    }

    private Connection with(String name, String value) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put(name, value);
        return bench.connection(settings);
    }
}
