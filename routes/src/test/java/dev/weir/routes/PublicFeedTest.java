package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Capability;
import dev.weir.connectors.Money;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Settlements;
import dev.weir.live.Show;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody outside reads on the public topics. */
class PublicFeedTest {
    private static final List<String> TOPICS =
            List.of("weir.orders.v1", "weir.stock.v1", "weir.shows.v1", "weir.money.v1");

    private final RoutesBench bench = new RoutesBench();
    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();
    private KafkaConsumer<String, String> consumer;

    @AfterEach
    void close() {
        if (consumer != null) {
            consumer.close();
        }
        bench.close();
    }

    @Test
    void showWithItsPins_isTold_asItsSchemaSays() {
        bench.live.catalogue().put(bench.brand, UUID.randomUUID(), RoutesBench.listing(TEE));
        listen();
        Show show = bench.live.shows().create(bench.brand, "Kiln night", null, "Mina", null);
        bench.live.runSheet().set(show.id(), List.of(TEE));
        bench.live.shows().start(show.id());
        bench.live.runSheet().pin(show.id(), TEE);
        bench.live.shows().end(show.id());

        List<ConsumerRecord<String, String>> told = read("weir.shows.v1", 5);

        assertThat(told)
                .extracting(PublicFeedTest::type)
                .containsExactly("show.planned", "show.started", "pin.started", "pin.ended", "show.ended");
        assertThat(told).allSatisfy(record -> {
            assertThat(EventSchemas.faults(record.value())).isEmpty();
            assertThat(record.key()).isEqualTo(show.id().toString());
            assertThat(new String(record.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("application/cloudevents+json; charset=UTF-8");
        });
        assertThat(told)
                .extracting(record -> event(record).path("sequence").asText())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void level_isTold_underItsBrandAndSku_onACompactedTopic() throws Exception {
        listen();
        bench.reservation.stock().setOnHand(bench.brand, TEE, 7, "counted");

        ConsumerRecord<String, String> told = read("weir.stock.v1", 1).getFirst();

        assertThat(EventSchemas.faults(told.value())).isEmpty();
        assertThat(told.key()).isEqualTo(bench.brand + "/TEE");
        assertThat(event(told).path("subject").asText()).isEqualTo("TEE");
        assertThat(event(told).path("data").path("available").asInt()).isEqualTo(7);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", RoutesBench.BROKER.address()))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "weir.stock.v1");
            assertThat(admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get("cleanup.policy")
                            .value())
                    .isEqualTo("compact");
        }
    }

    @Test
    void order_isTold_withoutItsBuyer_andInMinorUnits() {
        listen();
        String id = UUID.randomUUID().toString();
        Map<String, Object> order = new HashMap<>(order(id));
        order.put("email", "mina@example.com");
        order.put("reason", "Mina Kiln, Porto, does not want it");
        order.put("address", Map.of("name", "Mina"));
        bench.outbox.append(bench.brand, Outbox.ORDERS, id, "OrderPaid", order);

        ConsumerRecord<String, String> told = read("weir.orders.v1", 1).getFirst();

        assertThat(EventSchemas.faults(told.value())).isEmpty();
        assertThat(told.value()).doesNotContain("mina@example.com", "Mina");
        JsonNode data = event(told).path("data");
        assertThat(data.path("total").path("amountMinor").asLong()).isEqualTo(2_050);
        assertThat(data.path("lines")
                        .path(0)
                        .path("unitPrice")
                        .path("amountMinor")
                        .asLong())
                .isEqualTo(1_025);
        assertThat(data.path("total").path("currency").asText()).isEqualTo("EUR");
    }

    @Test
    void whatIsTheHubsOwnAffair_staysOnItsOwnTopics() {
        listen();
        String id = UUID.randomUUID().toString();
        bench.outbox.append(bench.brand, Outbox.ORDERS, id, "CancelAsked", Map.of("cause", "order/" + id));
        bench.outbox.append(bench.brand, Outbox.STOCK, bench.brand + "/TEE/waitlist/1", "WaitlistServed", Map.of());
        bench.outbox.append(bench.brand, Outbox.ORDERS, id, "OrderPaid", order(id));

        assertThat(read("weir.orders.v1", 1)).extracting(PublicFeedTest::type).containsExactly("order.paid");
        await().until(() -> bench.jdbc
                        .sql("select count(*) from outbox where sent_at is null")
                        .query(Integer.class)
                        .single()
                == 0);
        assertThat(read).noneMatch(record -> record.topic().equals("weir.stock.v1"));
    }

    @Test
    void money_isTold_whenItIsTaken_andWhenAPlatformStatesAPayout_andNotAgainWhileThatSaysTheSame() {
        FakeShop shop = bench.shop("shop", Capability.SETTLEMENT);
        shop.statements.add(new Settlements.Statement("po-1", FakeShop.AT, null, Money.of("90.00", "EUR"), List.of()));
        listen().chores().soon(bench.id(shop));
        String id = UUID.randomUUID().toString();
        bench.outbox.append(
                bench.brand,
                Outbox.ORDERS,
                id,
                "OrderCaptured",
                Map.of(
                        "orderId",
                        id,
                        "gateway",
                        "stripe",
                        "paymentReference",
                        "pi_1",
                        "amount",
                        Map.of("amount", "20.50", "currency", "EUR")));

        List<ConsumerRecord<String, String>> told = read("weir.money.v1", 2);

        assertThat(told)
                .allSatisfy(record ->
                        assertThat(EventSchemas.faults(record.value())).isEmpty());
        assertThat(told)
                .extracting(PublicFeedTest::type)
                .containsExactlyInAnyOrder("payment.captured", "payout.stated");
        bench.jdbc.sql("update connection_chore set next_try_at = now()").update();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bench.jdbc
                                .sql(
                                        "select count(*) from connection_chore where kind = 'SETTLEMENTS' and next_try_at > now()")
                                .query(Integer.class)
                                .single()
                        == 1);
        assertThat(bench.jdbc
                        .sql("select count(*) from outbox where type = 'PayoutStated'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whatHappensWhileKafkaIsAway_isToldAfterwards_onceInOrder() {
        bench.start();
        RoutesBench.BROKER.stop();
        String id = UUID.randomUUID().toString();
        try {
            bench.outbox.append(bench.brand, Outbox.ORDERS, id, "OrderPlaced", order(id));
            bench.outbox.append(bench.brand, Outbox.ORDERS, id, "OrderPaid", order(id));
        } finally {
            RoutesBench.BROKER.start();
        }
        consumer = consumer();

        List<ConsumerRecord<String, String>> told = read("weir.orders.v1", 2);

        assertThat(told.stream().map(PublicFeedTest::type).distinct()).containsExactly("order.placed", "order.paid");
    }

    private static Map<String, Object> order(String id) {
        return Map.of(
                "orderId",
                id,
                "brand",
                "b",
                "channel",
                "PLAYER",
                "state",
                "PAID",
                "placedAt",
                Instant.parse("2026-11-24T18:00:00Z"),
                "total",
                Map.of("amount", "20.50", "currency", "EUR"),
                "lines",
                List.of(Map.of(
                        "sku", "TEE", "quantity", 2, "unitPrice", Map.of("amount", "10.25", "currency", "EUR"))));
    }

    /** Everything of the brand on {@code topic} so far, once there are {@code least}. */
    private List<ConsumerRecord<String, String>> read(String topic, int least) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                if (event(record).path("brand").asText().equals(bench.brand)) {
                    read.add(record);
                }
            });
            return of(topic).size() >= least;
        });
        return of(topic);
    }

    private List<ConsumerRecord<String, String>> of(String topic) {
        return read.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private static JsonNode event(ConsumerRecord<String, String> record) {
        return EventSchemas.parse(record.value());
    }

    private static String type(ConsumerRecord<String, String> record) {
        return event(record).path("type").asText();
    }

    private RoutesModule listen() {
        RoutesModule module = bench.start();
        consumer = consumer();
        return module;
    }

    private static KafkaConsumer<String, String> consumer() {
        KafkaConsumer<String, String> made = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        RoutesBench.BROKER.address(),
                        "group.id",
                        "outside-" + UUID.randomUUID(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        made.subscribe(TOPICS);
        return made;
    }
}
