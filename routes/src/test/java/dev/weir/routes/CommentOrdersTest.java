package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.live.ChatRoom;
import dev.weir.live.CommentSales;
import dev.weir.live.Show;
import dev.weir.reservation.FairnessRules;
import dev.weir.reservation.Hold;
import dev.weir.routes.CommentOrders.State;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a comment under a live: chat for the host, and a hold for whoever asks for a product? */
class CommentOrdersTest {
    private static final Sku CAP = new Sku("CAP");

    private final RoutesBench bench = new RoutesBench();
    private FakeShop social;
    private FakeShop mute;
    private Show show;
    private RoutesModule module;

    @BeforeEach
    void goLive() {
        social = bench.shop("social", Capability.ORDER_WEBHOOK, Capability.COMMENT_REPLY);
        mute = bench.shop("mute", Capability.ORDER_WEBHOOK);
        bench.live.catalogue().put(bench.brand, bench.id(social), RoutesBench.listing(TEE));
        bench.live.catalogue().put(bench.brand, bench.id(social), RoutesBench.listing(CAP));
        bench.reservation.stock().setOnHand(bench.brand, TEE, 3, "count");
        bench.reservation.stock().setOnHand(bench.brand, CAP, 3, "count");
        show = bench.live.shows().create(bench.brand, "Drop", "drop-" + UUID.randomUUID(), "Mina", null);
        bench.live.runSheet().set(show.id(), List.of(TEE, CAP));
        show = bench.live.shows().start(show.id());
        bench.live.runSheet().pin(show.id(), TEE);
        rules(CommentSales.Scope.PINNED);
        module = bench.start();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void comment_isSaidInTheHostsChatOnce_howeverOftenItIsDelivered() {
        for (int told = 0; told < 10; told++) {
            ended(bench.deliver(module, social, "d" + told, "comment c1 ana so pretty")
                    .id());
        }

        List<ChatRoom.Message> said = bench.live.chat().recentEverywhere(show.id(), 10);
        assertThat(said).hasSize(1);
        assertThat(said.getFirst().text()).isEqualTo("so pretty");
        assertThat(said.getFirst().channel()).isEqualTo("social");
        assertThat(module.commentOrders().list(show.id(), 10)).isEmpty();
    }

    @Test
    void comment_whileNoShowRuns_isIgnoredInWords() {
        bench.live.shows().end(show.id());

        WebhookLog.Entry entry = ended(
                bench.deliver(module, social, "d1", "comment c1 ana hello").id());

        assertThat(entry.state()).isEqualTo(WebhookLog.State.IGNORED);
        assertThat(entry.reason()).contains("comment c1: no show of " + bench.brand + " was on air at ");
    }

    @Test
    void commenterWhoAsksForThePinnedProduct_hasItHeld_andReadsWhereToPay() {
        bench.deliver(module, social, "d1", "comment c1 ana TEE x2");

        CommentOrders.Entry order = becomes("ana", State.ANSWERED);
        Hold hold = heldBy(social.answers.get("c1"));
        assertThat(social.answers.get("c1"))
                .startsWith("2 x A TEE held for you for ")
                .contains("Pay here: https://");
        assertThat(hold.state()).isEqualTo(Hold.State.HELD);
        assertThat(hold.lines().getFirst().quantity()).isEqualTo(2);
        assertThat(hold.attribution().channel()).isEqualTo("social");
        assertThat(hold.attribution().pinSku()).isEqualTo("TEE");
        assertThat(hold.attribution().host()).isEqualTo("Mina");
        assertThat(hold.attribution().campaign())
                .containsEntry("utm_medium", "comment")
                .containsEntry("utm_content", "c1");
        assertThat(order.heldUntil()).isEqualTo(hold.expiresAt());
        assertThat(free(TEE)).isEqualTo(1);
        assertThat(module.commentOrders().link(show.id(), order.id()))
                .hasValueSatisfying(link -> assertThat(social.answers.get("c1")).endsWith(link.toString()));
        assertThat(module.commentOrders().link(UUID.randomUUID(), order.id())).isEmpty();
    }

    @Test
    void questionsAndProductsThatAreNotPinned_areChatAndNothingElse() {
        ended(bench.deliver(module, social, "d1", "comment c1 ana TEE?").id());
        ended(bench.deliver(module, social, "d2", "comment c2 ana CAP").id());

        assertThat(bench.live.chat().recentEverywhere(show.id(), 10)).hasSize(2);
        assertThat(module.commentOrders().list(show.id(), 10)).isEmpty();
    }

    @Test
    void lostAnswer_isSentAgain_andHoldsNothingMore() {
        social.answerFaults.add(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        social.answerFaults.add(new ChannelException(Fault.TRANSIENT, "down"));
        bench.deliver(module, social, "d1", "comment c1 ana TEE");

        becomes("ana", State.ANSWERED);
        assertThat(social.answers).containsOnlyKeys("c1");
        assertThat(free(TEE)).isEqualTo(2);
    }

    @Test
    void answerThatThePlatformRefuses_leavesTheHoldToTheHost() {
        social.answerFaults.add(new ChannelException(Fault.REJECTED, "the live is over"));
        bench.deliver(module, social, "d1", "comment c1 ana TEE");

        CommentOrders.Entry order = becomes("ana", State.UNANSWERED);
        assertThat(order.reason()).contains("the live is over");
        URI link = module.commentOrders().link(show.id(), order.id()).orElseThrow();
        assertThat(heldBy(link.toString()).state()).isEqualTo(Hold.State.HELD);
    }

    @Test
    void channelThatCannotAnswer_isShownToTheHost_whoHasTheLink() {
        bench.deliver(module, mute, "d1", "comment c1 bo TEE");

        CommentOrders.Entry order = becomes("bo", State.SHOWN);
        assertThat(order.reason()).contains("mute has no way to answer: tell bo yourself");
        assertThat(mute.answers).isEmpty();
        assertThat(module.commentOrders().link(show.id(), order.id())).isPresent();
        bench.reservation
                .reservations()
                .release(heldBy(module.commentOrders()
                                .link(show.id(), order.id())
                                .orElseThrow()
                                .toString())
                        .id());
        assertThat(module.commentOrders().link(show.id(), order.id())).isEmpty();
    }

    @Test
    void soldOut_isSaidToTheBuyer_andNoUnitIsPromisedTwice() {
        for (int buyer = 0; buyer < 6; buyer++) {
            bench.deliver(module, social, "d" + buyer, "comment c" + buyer + " buyer" + buyer + " TEE");
        }

        await().untilAsserted(() -> assertThat(module.commentOrders().list(show.id(), 10))
                .hasSize(6)
                .noneMatch(order -> order.state() == State.DUE));
        List<CommentOrders.Entry> all = module.commentOrders().list(show.id(), 10);
        assertThat(all).filteredOn(order -> order.state() == State.ANSWERED).hasSize(3);
        assertThat(all)
                .filteredOn(order -> order.state() == State.REFUSED)
                .hasSize(3)
                .allMatch(order -> String.valueOf(order.reason()).startsWith("sold out: 0 left; told so"));
        assertThat(free(TEE)).isZero();
        assertThat(social.answers.values())
                .filteredOn(text -> text.contains("A TEE is sold out just now"))
                .hasSize(3);
    }

    @Test
    void capPerBuyer_holdsForCommentersToo_andWhoeverRepeatsThemselvesHoldsNothingMore() {
        bench.reservation.fairness().setRules(bench.brand, TEE, new FairnessRules(true, 20, 1, true));
        ended(bench.deliver(module, social, "d1", "comment c1 ana TEE").id());
        becomes("ana", State.ANSWERED);

        WebhookLog.Entry again =
                ended(bench.deliver(module, social, "d2", "comment c2 ana TEE").id());
        ended(bench.deliver(module, social, "d3", "comment c3 bo TEE x2").id());

        assertThat(again.reason()).contains("not held twice");
        assertThat(becomes("bo", State.REFUSED).reason()).contains("bo has 0 (expected: at most 1 in this show)");
        assertThat(free(TEE)).isEqualTo(2);
    }

    @Test
    void moreThanOneCommentMayAskFor_isRefusedAndShown() {
        ended(bench.deliver(module, social, "d1", "comment c1 ana TEE x9").id());

        assertThat(becomes("ana", State.REFUSED).reason()).isEqualTo("asked for 9 (expected: at most 5 in a comment)");
        assertThat(free(TEE)).isEqualTo(3);
    }

    @Test
    void commentOfAnHourAgo_isHeldForNobody() {
        bench.jdbc
                .sql("update show set started_at = started_at - interval '2 hours' where id = :id")
                .param("id", show.id())
                .update();
        rules(CommentSales.Scope.SHEET);
        social.commentedAt = () -> bench.clock.instant().minus(Duration.ofHours(1));
        bench.deliver(module, social, "d1", "comment c1 ana TEE");

        assertThat(becomes("ana", State.REFUSED).reason()).startsWith("too late");
        assertThat(social.answers).isEmpty();
    }

    private void rules(CommentSales.Scope scope) {
        bench.live.commentSales().setRules(show.id(), new CommentSales.Rules(scope, 5, Map.of()));
    }

    private WebhookLog.Entry ended(UUID delivery) {
        await().untilAsserted(
                        () -> assertThat(bench.entry(module, delivery).doneAt()).isNotNull());
        return bench.entry(module, delivery);
    }

    private CommentOrders.Entry becomes(String author, State state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(module.commentOrders().list(show.id(), 10))
                        .filteredOn(order -> order.author().equals(author))
                        .extracting(CommentOrders.Entry::state)
                        .containsExactly(state));
        return module.commentOrders().list(show.id(), 10).stream()
                .filter(order -> order.author().equals(author))
                .findFirst()
                .orElseThrow();
    }

    /** The hold that the token in {@code text} opens. */
    private Hold heldBy(String text) {
        String token = text.substring(text.lastIndexOf('.') + 1);
        return bench.reservation.reservations().findByToken(token).orElseThrow();
    }

    private int free(Sku sku) {
        return bench.reservation.stock().level(bench.brand, sku).orElseThrow().available();
    }
}
