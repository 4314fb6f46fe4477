package dev.weir.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.routes.SetAside.Signed;
import dev.weir.routes.WebhookLog.State;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits by itself and what waits for a person are two boards, and a dead letter is repaired on a copy. */
class SetAsideTest {
    private static final Signed NOOR = new Signed("ops/noor", "the platform's typo");

    private RoutesBench bench;
    private FakeShop shop;
    private RoutesModule module;

    @BeforeEach
    void open() {
        bench = new RoutesBench();
        shop = bench.shop("shop", Capability.ORDER_WEBHOOK);
        module = bench.start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void boards_areOldestFirst_byPages_withWhatIsWaitedFor() {
        UUID first = delivered("d1", "refund 7", State.PARKED);
        UUID second = delivered("d2", "refund 8", State.PARKED);
        UUID dead = delivered("d3", "nonsense", State.DEAD);

        SetAside.Board page = module.setAside().board(bench.brand, State.PARKED, null, 1);
        assertThat(page.items()).extracting(one -> one.entry().id()).containsExactly(first);
        assertThat(page.items().getFirst().waitsFor()).isEqualTo("order/7");
        SetAside.Board rest = module.setAside().board(bench.brand, State.PARKED, page.next(), 1);
        assertThat(rest.items()).extracting(one -> one.entry().id()).containsExactly(second);
        assertThat(rest.next()).isNull();
        assertThat(ids(State.DEAD)).containsExactly(dead);
        SetAside.Counts counts = module.setAside().counts(bench.brand);
        assertThat(counts.parked()).isEqualTo(2);
        assertThat(counts.dead()).isEqualTo(1);
        assertThat(counts.parkedSince()).isEqualTo(bench.entry(module, first).receivedAt());
        assertThat(module.setAside().counts("another").parkedSince()).isNull();
        assertThat(module.setAside().board("another", State.DEAD, null, 10).items())
                .isEmpty();
        assertThatThrownBy(() -> module.setAside().board(bench.brand, State.PROCESSED, null, 10))
                .hasMessageContaining("state: PROCESSED (expected: PARKED or DEAD)");
        assertThatThrownBy(() -> module.setAside().board(bench.brand, State.DEAD, "x", 10))
                .hasMessageContaining("cursor: x");
    }

    @Test
    void deadLetter_isToldOnce_withoutItsContent() {
        UUID id = delivered("d1", "nonsense ana@example.com", State.DEAD);

        assertThat(told(id))
                .singleElement()
                .satisfies(payload -> assertThat(payload)
                        .contains("\"fault\": \"REJECTED\"")
                        .contains("\"attempts\": 1")
                        .doesNotContain("ana@example.com"));
    }

    @Test
    void copy_isTried_withoutEffect_andSaysWhatDiffers() {
        UUID id = delivered("d1", "nonsense", State.DEAD);

        SetAside.Trial bad = attempt(id, "still nonsense");
        assertThat(bad.refusal()).contains("REJECTED");
        assertThat(bad.refusalBefore()).contains("REJECTED");
        assertThat(bad.differences()).isEmpty();

        SetAside.Trial good = attempt(id, "order 7");
        assertThat(good.refusal()).isNull();
        assertThat(good.events().path(0).path("type").asText()).isEqualTo("OrderStated");
        assertThat(good.differences()).isNotEmpty();
        assertThat(bench.books.effects(bench.id(shop))).isEmpty();
        assertThat(bench.entry(module, id).state()).isEqualTo(State.DEAD);
        assertThat(module.setAside().attempt(UUID.randomUUID(), "order 7".getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void repairedCopy_hasItsEffectOnce_underTheSameKey_andTheBytesThatCameStay() {
        UUID id = delivered("d1", "nonsense", State.DEAD);

        assertThat(repair(id, "order 7", 0)).isTrue();

        becomes(id, State.PROCESSED);
        assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 7");
        assertThat(bench.deliver(module, shop, "d1", "nonsense").repeated()).isTrue();
        assertThat(module.webhookLog().find(id).orElseThrow().body()).isEqualTo("nonsense");
        assertThat(module.setAside().repairs(id)).singleElement().satisfies(copy -> {
            assertThat(copy.body()).isEqualTo("order 7");
            assertThat(copy.by()).isEqualTo("ops/noor");
            assertThat(copy.note()).isEqualTo("the platform's typo");
        });
        assertThat(repair(id, "order 8", 1)).as("one that has had its effect").isFalse();
        assertThat(module.webhookLog().replay(id)).isTrue();
        becomes(id, State.PROCESSED);
        assertThat(bench.books.effects(bench.id(shop))).containsExactly("order 7");
    }

    @Test
    void secondPerson_whoSawNoCopy_isRefused() {
        UUID id = delivered("d1", "nonsense", State.DEAD);
        assertThat(repair(id, "worse nonsense", 0)).isTrue();
        await().untilAsserted(() -> assertThat(told(id)).hasSize(2));

        assertThat(repair(id, "order 7", 0)).isFalse();

        assertThat(bench.entry(module, id).state()).isEqualTo(State.DEAD);
        assertThat(repair(id, "order 7", 1)).isTrue();
        becomes(id, State.PROCESSED);
        assertThat(module.setAside().repairs(id)).extracting(SetAside.Repair::n).containsExactly(2, 1);
    }

    @Test
    void copies_areBounded_andGoWhenTheBodyIsErased() {
        UUID id = delivered("d1", "nonsense", State.DEAD);
        assertThatThrownBy(() -> repair(id, "x".repeat(65_537), 0))
                .hasMessageContaining("body: 65537 bytes (expected: 1..65536 of UTF-8)");
        assertThatThrownBy(() -> repair(id, "", 0)).hasMessageContaining("body: 0 bytes");
        assertThatThrownBy(() -> repair(id, "order 7", 20)).hasMessageContaining("basedOn: 20");
        assertThat(repair(id, "worse nonsense", 0)).isTrue();
        await().untilAsserted(() -> assertThat(told(id)).hasSize(2));

        bench.jdbc
                .sql("update inbox set body = '', erased_at = now() where id = ?")
                .param(id)
                .update();

        assertThat(module.setAside().repairs(id)).isEmpty();
        assertThat(repair(id, "order 7", 0)).isFalse();
        assertThat(module.setAside().attempt(id, "order 7".getBytes(UTF_8))).isEmpty();
    }

    private UUID delivered(String delivery, String body, State becomes) {
        UUID id = bench.deliver(module, shop, delivery, body).id();
        becomes(id, becomes);
        return id;
    }

    private void becomes(UUID id, State state) {
        await().untilAsserted(() -> assertThat(bench.entry(module, id).state()).isEqualTo(state));
    }

    private SetAside.Trial attempt(UUID id, String copy) {
        return module.setAside().attempt(id, copy.getBytes(UTF_8)).orElseThrow();
    }

    private boolean repair(UUID id, String copy, int basedOn) {
        return module.setAside().repair(id, copy.getBytes(UTF_8), basedOn, NOOR);
    }

    private List<UUID> ids(State state) {
        return module.setAside().board(bench.brand, state, null, 10).items().stream()
                .map(one -> one.entry().id())
                .toList();
    }

    private List<String> told(UUID id) {
        return bench.jdbc
                .sql("select payload::text from outbox where type = 'DeliveryDead' and key = ? order by id")
                .param(id.toString())
                .query(String.class)
                .list();
    }
}
