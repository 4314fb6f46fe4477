package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power goes in the middle of fifty checkouts, and comes back. */
class CrashTest {
    private static final int BUYERS = 50;
    private static final String SKU = "PLATE-CLAY";

    @TempDir
    Path data;

    @Test
    void killedInTheMiddleOfFiftyCheckouts_everyCaptureHasOneOrderAndEveryOrderOneUnit() throws Exception {
        int before;
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            DemoProcess demo = DemoProcess.start(data, "--no-host");
            before = demo.available(SKU);
            AtomicInteger confirmed = new AtomicInteger();
            for (int i = 0; i < BUYERS; i++) {
                buyers.execute(() -> buy(demo, confirmed));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> confirmed.get() >= BUYERS / 4);
            demo.kill();
        }

        try (DemoProcess again = DemoProcess.start(data, "--no-host")) {
            await().atMost(Duration.ofSeconds(200))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(statuses(again))
                            .allSatisfy(status -> assertThat(status).isIn("succeeded", "canceled")));

            long captured = statuses(again).stream().filter("succeeded"::equals).count();
            List<JsonNode> orders = orders(again);
            assertThat(captured).isPositive();
            assertThat(orders)
                    .hasSize((int) captured)
                    .allSatisfy(
                            order -> assertThat(order.path("state").asText()).isEqualTo("PAID"));
            assertThat(orders.stream()
                            .map(o -> o.path("paymentReference").asText())
                            .distinct())
                    .hasSize((int) captured);
            JsonNode stock = again.get("/api/stock/" + SKU, "operator").json();
            assertThat(stock.path("sold").asInt()).isEqualTo((int) captured);
            await().atMost(Duration.ofSeconds(120)).until(() -> again.available(SKU) == before - (int) captured);
            JsonNode gmv =
                    again.get("/api/reports/gmv?by=channel", "finance").json().path("totals");
            assertThat(gmv.path("orders").asLong()).isEqualTo(captured);
            assertThat(unbalanced(again)).isEmpty();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> orders(again).stream()
                            .noneMatch(o -> o.path("backendOrderId").isNull()));
        }
    }

    /** Read from the database itself, past every view that might hide an imbalance. */
    private static List<String> unbalanced(DemoProcess demo) throws Exception {
        List<String> off = new ArrayList<>();
        try (var database = demo.database();
                var rows = database.createStatement()
                        .executeQuery("select currency, sum(amount_minor), count(*) from posting group by currency")) {
            assertThat(rows.next()).as("there are postings").isTrue();
            do {
                if (rows.getLong(2) != 0) {
                    off.add(rows.getString(1) + " " + rows.getLong(2));
                }
            } while (rows.next());
        }
        return off;
    }

    private static void buy(DemoProcess demo, AtomicInteger confirmed) {
        JsonNode hold = readable(demo.hold(SKU, 1, UUID.randomUUID().toString()));
        JsonNode checkout = readable(demo.checkout(hold.path("token").asText()));
        if (checkout.hasNonNull("confirmUrl")
                && demo.confirm(checkout, "4242424242424242").status() == 200) {
            confirmed.incrementAndGet();
        }
    }

    /** After the kill, answers are broken off: these buyers just leave. */
    private static JsonNode readable(DemoProcess.Answer answer) {
        return answer.status() == 201 ? answer.json() : DemoProcess.JSON.createObjectNode();
    }

    private static List<String> statuses(DemoProcess demo) {
        List<String> statuses = new ArrayList<>();
        for (JsonNode intent :
                demo.get(demo.sandbox("/sandbox/stripe/orders")).json().path("orders")) {
            statuses.add(intent.path("status").asText());
        }
        return statuses;
    }

    private static List<JsonNode> orders(DemoProcess demo) {
        List<JsonNode> orders = new ArrayList<>();
        demo.get("/api/orders?channel=PLAYER&limit=200", "operator")
                .json()
                .path("items")
                .forEach(orders::add);
        return orders;
    }
}
