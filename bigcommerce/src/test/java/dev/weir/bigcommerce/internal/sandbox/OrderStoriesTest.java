package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Do orders come in whole and once, and go away only while they can? */
class OrderStoriesTest extends Stories {
    private static final Sku PIN = new Sku("PIN-01");

    @BeforeEach
    void pins() {
        shop.seed(List.of(ChannelBench.product(PIN.value(), "Pin", 250, 10_000)));
    }

    @Test
    void order_isInTheCurrencyThatItsBuyerPays_notInTheOneThatPricesWereShownIn() {
        String id = shop.buy(TEE, 2).orderId();

        assertThat(shop.orders().getFirst()).contains("\"currency_code\":\"USD\"");
        assertThat(port().fetch(id).total()).isEqualTo(Money.of("39.80", "EUR"));
    }

    @Test
    void buyer_whoIsStillAtTheTill_hasNoOrderYet() {
        shop.flip("slow-till", true);
        SandboxPlatform.Sale sale = shop.buy(TEE, 1);
        RawWebhook created = bench.arrive(Objects.requireNonNull(sale.delivery()));

        assertThat(port().read(created)).singleElement().isInstanceOf(ChannelEvent.Ignored.class);
        assertThat(changedSince(clock.instant())).isEmpty();
        refused(Fault.NOT_FOUND, () -> port().fetch(sale.orderId()));

        shop.flip("slow-till", false);
        assertThat(port().read(created)).singleElement().isInstanceOf(ChannelEvent.OrderStated.class);
        assertThat(changedSince(clock.instant())).extracting(Order::externalId).containsExactly(sale.orderId());
    }

    @Test
    void poll_passesOverIncompleteOrders_howeverManyTheyAre() {
        Instant begun = clock.instant();
        shop.flip("slow-till", true);
        for (int at = 0; at < 130; at++) {
            clock.move(Duration.ofSeconds(1));
            shop.buy(PIN, 1);
        }
        clock.move(Duration.ofSeconds(1));
        String placed = shop.buyAtOnce(PIN).orderId();

        assertThat(changedSince(begun)).extracting(Order::externalId).containsExactly(placed);
    }

    @Test
    void poll_tellsAHundred_andReadOnFromTheLast_theRest() {
        Instant begun = clock.instant();
        for (int at = 0; at < 130; at++) {
            clock.move(Duration.ofSeconds(1));
            shop.buy(PIN, 1);
        }

        List<Order> first = changedSince(begun);
        List<Order> rest = changedSince(first.getLast().updatedAt());

        assertThat(first).hasSize(100);
        assertThat(rest).hasSize(31);
        assertThat(rest.getFirst()).isEqualTo(first.getLast());
    }

    @Test
    void poll_ofMoreThanAHundredInOneSecond_tellsThemAll() {
        for (int at = 0; at < 130; at++) {
            shop.buy(PIN, 1);
        }

        assertThat(changedSince(clock.instant()))
                .extracting(Order::externalId)
                .doesNotHaveDuplicates()
                .hasSize(130);
    }

    @Test
    void cancelledOrder_keepsTheNotesOfItsShop_andIsStatedAsCalledOff() {
        String id = shop.buy(TEE, 1).orderId();
        bench.channel().orderCancel(bench.connection()).cancel("weir-1", id, "sold out");

        assertThat(port().fetch(id).state()).isEqualTo(Order.State.CANCELLED);
        assertThat(shop.orders().getFirst()).contains("\"staff_notes\":\"sold out\"");
        assertThat(shop.stock()).containsEntry(TEE, 10);
    }

    @Test
    void cancellation_thatIsAnswered502_isLookedFor_notSentAgain() {
        String id = shop.buy(TEE, 1).orderId();
        shop.flip("error-after-write", true);

        bench.channel().orderCancel(bench.connection()).cancel("weir-1", id, "sold out");

        assertThat(shop.cancellations(id)).isEqualTo(1);
    }

    private List<Order> changedSince(Instant since) {
        return bench.channel().orderPoll(bench.connection()).changedSince(since);
    }

    private OrderWebhook port() {
        return bench.channel().orderWebhook(bench.connection());
    }
}
