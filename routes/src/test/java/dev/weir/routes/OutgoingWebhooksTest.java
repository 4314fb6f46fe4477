package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import dev.weir.routes.WebhookEndpoints.Attempt;
import dev.weir.routes.WebhookEndpoints.Created;
import dev.weir.routes.WebhookEndpoints.Delivery;
import dev.weir.routes.WebhookEndpoints.Endpoint;
import dev.weir.routes.WebhookEndpoints.Entered;
import dev.weir.routes.WebhookEndpoints.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From an event in the outbox to a brand's own system, over real Kafka, PostgreSQL and HTTP. */
class OutgoingWebhooksTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final RoutesBench bench = new RoutesBench();
    private final MovedClock clock = new MovedClock();
    private final FakeReceiver erp = new FakeReceiver();
    private final List<OutgoingWebhooks> hubs = new ArrayList<>();
    private final WebhookEndpoints endpoints = hub(Duration.ofSeconds(60));

    @AfterEach
    void close() {
        hubs.forEach(OutgoingWebhooks::close);
        erp.close();
        bench.close();
    }

    @Test
    void event_arrivesOnce_signed_withTheBytesOfTheTopic() throws Exception {
        bench.start();
        Created created = endpoint(erp, "order.*");
        String order = paid();

        await().atMost(SOON).until(() -> erp.got.size() == 1);
        FakeReceiver.Got got = erp.got.getFirst();
        assertThat(got.path()).isEqualTo("/weir");
        assertThat(got.type()).isEqualTo("order.paid");
        assertThat(EventSchemas.parse(got.body()).path("id").asText()).isEqualTo(got.id());
        assertThat(EventSchemas.parse(got.body()).path("subject").asText()).isEqualTo(order);
        assertThat(got.signature()).isEqualTo(signature(created.secret(), got));
        assertThat(got.timestamp()).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
        Delivery done = becomes(created, State.DONE);
        assertThat(done.attempts()).isEqualTo(1);
        assertThat(done.status()).isEqualTo(204);
        assertThat(bench.jdbc
                        .sql("select body from hook_event where id = ?")
                        .param(got.id())
                        .query(String.class)
                        .single())
                .isEqualTo(got.body());
    }

    @Test
    void endpoint_getsWhatItAsksFor_andNothingOfAnotherBrand() {
        bench.start();
        endpoint(erp, "order.cancelled", "stock.*");
        endpoints.create("another-" + bench.brand, null, new Entered("Theirs", erp.url() + "/theirs", List.of("*")));
        tell("OrderPaid");
        tell("OrderCancelled");

        await().atMost(SOON).until(() -> !erp.got.isEmpty());
        assertThat(erp.got).extracting(FakeReceiver.Got::type).containsExactly("order.cancelled");
        assertThat(erp.got).extracting(FakeReceiver.Got::path).containsExactly("/weir");
        assertThat(endpoints.find(
                        "another-" + bench.brand,
                        endpoints.list(bench.brand).getFirst().id()))
                .isEmpty();
    }

    @Test
    void systemThatFails_isTriedWithGrowingPauses_everyAttemptIsKept_andTheLastGetsThrough() {
        bench.start();
        erp.status = 500;
        erp.says = "x".repeat(5_000);
        Created created = endpoint(erp, "order.*");
        paid();

        for (Duration pause : List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2))) {
            Delivery waiting = waits(created);
            assertThat(waiting.error()).isEqualTo("answered 500");
            assertThat(Duration.between(clock.instant(), waiting.nextAt())).isLessThanOrEqualTo(pause);
            clock.forward(pause);
        }
        waits(created, 4);
        assertThat(endpoint(created).failingSince()).isNotNull();
        erp.status = 200;
        clock.forward(Duration.ofMinutes(10));

        Delivery done = becomes(created, State.DONE);
        List<Attempt> attempts =
                endpoints.attempts(bench.brand, created.endpoint().id(), done.id());
        assertThat(attempts).hasSize(5);
        assertThat(attempts).extracting(Attempt::status).containsExactly(500, 500, 500, 500, 200);
        assertThat(attempts).allMatch(attempt -> attempt.answer().length() <= 1_000);
        assertThat(erp.got).extracting(FakeReceiver.Got::id).containsOnly(done.eventId());
        assertThat(endpoint(created).failingSince()).isNull();
    }

    @Test
    void systemThatNeverTakesAnything_isSwitchedOffAfterADay_andSaysWhy_andGoesOnWhereItIsSwitchedOn() {
        bench.start();
        erp.status = 503;
        Created created = endpoint(erp, "order.*");
        paid();

        int tries = 0;
        while (endpoint(created).on() && tries < 20) {
            int before = ++tries;
            await().atMost(SOON).until(() -> !endpoint(created).on() || tried(created) >= before);
            clock.forward(Duration.ofHours(11));
        }
        Endpoint off = endpoint(created);
        assertThat(off.on()).isFalse();
        assertThat(off.needsYou()).startsWith("Nothing got through since ").endsWith("Last: answered 503");
        assertThat(off.offAt()).isNotNull();
        paid();
        assertThat(endpoints.types()).contains("order.paid");

        erp.status = 200;
        Endpoint on = endpoints
                .edit(bench.brand, created.endpoint().id(), new Entered(null, null, null), true)
                .orElseThrow();
        assertThat(on.on()).isTrue();
        assertThat(on.needsYou()).isNull();
        becomes(created, State.DONE);
    }

    @Test
    void deliveryThatIsRefusedForADay_isGivenUp_andLeavesASystemOnThatTakesOtherThings() {
        bench.start();
        erp.status = 422;
        Created created = endpoint(erp, "order.*");
        paid();
        for (int tries = 1; tries <= 10; tries++) {
            waits(created, tries);
            erp.status = 200;
            String other = paid();
            await().atMost(SOON)
                    .until(() -> erp.got.stream().anyMatch(got -> got.body().contains(other)));
            await().atMost(SOON).until(() -> endpoint(created).failingSince() == null);
            erp.status = 422;
            clock.forward(Duration.ofMinutes(630));
        }

        Delivery failed = becomes(created, State.FAILED);
        assertThat(failed.attempts()).isEqualTo(11);
        assertThat(endpoint(created).on()).isTrue();
        assertThat(endpoint(created).failed()).isEqualTo(1);
    }

    @Test
    void answer410_switchesTheEndpointOffAtOnce() {
        bench.start();
        erp.status = 410;
        Created created = endpoint(erp, "order.*");
        paid();

        await().atMost(SOON).until(() -> !endpoint(created).on());
        assertThat(endpoint(created).needsYou()).contains("410");
        assertThat(becomes(created, State.FAILED).attempts()).isEqualTo(1);
    }

    @Test
    void redirect_isNotFollowed_andIsAFailure() {
        bench.start();
        try (FakeReceiver elsewhere = new FakeReceiver()) {
            erp.status = 307;
            erp.location = elsewhere.url();
            Created created = endpoint(erp, "order.*");
            paid();

            assertThat(waits(created).error()).isEqualTo("answered 307 (redirects are not followed)");
            assertThat(elsewhere.got).isEmpty();
        }
    }

    @Test
    void systemThatAsksForTime_getsIt() {
        bench.start();
        erp.status = 429;
        erp.retryAfter = "600";
        Created created = endpoint(erp, "order.*");
        paid();

        // The database rounds to a microsecond.
        assertThat(Duration.between(clock.instant(), waits(created).nextAt()))
                .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10).plusNanos(1_000));
    }

    @Test
    void systemThatNeverAnswers_takesItsOwnFourPlaces_andNobodyElses() {
        bench.start();
        try (FakeReceiver other = new FakeReceiver()) {
            erp.goSilent();
            endpoint(erp, "order.*");
            endpoint(other, "order.*");
            for (int i = 0; i < 12; i++) {
                paid();
            }

            await().atMost(SOON).until(() -> other.got.size() == 12);
            assertThat(erp.mostAtOnce.get()).isBetween(1, 4);
            assertThat(other.mostAtOnce.get()).isBetween(1, 4);
            erp.answerAgain();
            await().atMost(SOON).until(() -> erp.got.size() >= 12);
            assertThat(erp.mostAtOnce.get()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void systemThatNeverAnswers_isGivenUpInTime_andThereIsSaidSo() {
        bench.start();
        WebhookEndpoints hurried = hub(Duration.ofMillis(300));
        erp.goSilent();
        Created created = endpoint(erp);

        Attempt attempt = hurried.test(bench.brand, created.endpoint().id()).orElseThrow();

        assertThat(attempt.error()).isEqualTo("no answer within 300 ms");
        assertThat(attempt.status()).isNull();
    }

    @Test
    void newestLevel_takesThePlaceOfOlderOnes_thatNobodyHasInHand() {
        bench.start();
        erp.status = 500;
        Created created = endpoint(erp, "stock.*");
        Sku sku = new Sku("SIEVE");
        bench.reservation.stock().setOnHand(bench.brand, sku, 5, "counted");
        waits(created);
        bench.reservation.stock().setOnHand(bench.brand, sku, 9, "counted again");

        becomes(created, State.STALE);
        erp.status = 200;
        clock.forward(Duration.ofMinutes(1));
        Delivery done = becomes(created, State.DONE);
        assertThat(erp.got.getLast().body()).contains("\"available\":9");
        assertThat(done.subject()).isEqualTo("SIEVE");
        assertThat(endpoint(created).due()).isZero();
    }

    @Test
    void replay_deliversAgainWhatItAsksForSinceThen_underTheOldIds() {
        bench.start();
        Created created = endpoint(erp, "order.*");
        paid();
        paid();
        await().atMost(SOON)
                .until(() -> endpoints
                                .deliveries(bench.brand, created.endpoint().id(), State.DONE, 10)
                                .size()
                        == 2);
        Instant between = clock.instant();
        List<String> before = erp.got.stream().map(FakeReceiver.Got::id).toList();

        WebhookEndpoints.Replay all = endpoints
                .replay(bench.brand, created.endpoint().id(), between.minus(Duration.ofDays(30)))
                .orElseThrow();

        assertThat(all.queued()).isEqualTo(2);
        assertThat(all.more()).isFalse();
        assertThat(all.since()).isAfter(between.minus(Duration.ofDays(8)));
        await().atMost(SOON).until(() -> erp.got.size() == 4);
        assertThat(erp.got.subList(2, 4)).extracting(FakeReceiver.Got::id).containsExactlyInAnyOrderElementsOf(before);
        assertThat(endpoints
                        .replay(bench.brand, created.endpoint().id(), clock.instant())
                        .orElseThrow()
                        .queued())
                .isZero();
        assertThat(endpoints.replay("another", created.endpoint().id(), between))
                .isEmpty();
    }

    @Test
    void rotation_signsWithBothForADay_andWithTheNewOneAfterIt() {
        Created created = endpoint(erp);
        String fresh = endpoints
                .rotate(bench.brand, created.endpoint().id())
                .orElseThrow()
                .secret();
        endpoints.test(bench.brand, created.endpoint().id());
        clock.forward(Duration.ofHours(25));
        endpoints.test(bench.brand, created.endpoint().id());

        FakeReceiver.Got during = erp.got.get(0);
        assertThat(during.signature().split(" "))
                .containsExactly(signature(fresh, during), signature(created.secret(), during));
        assertThat(erp.got.get(1).signature()).isEqualTo(signature(fresh, erp.got.get(1)));
        assertThat(endpoint(created).oldSecretUntil()).isNull();
    }

    @Test
    void test_isSentOnce_whateverComesOfIt_alsoToWhatIsOff() {
        Created created = endpoint(erp);
        endpoints.edit(bench.brand, created.endpoint().id(), new Entered(null, null, null), false);
        erp.status = 500;
        erp.says = "not today";

        Attempt attempt = endpoints.test(bench.brand, created.endpoint().id()).orElseThrow();

        assertThat(attempt.status()).isEqualTo(500);
        assertThat(attempt.answer()).isEqualTo("not today");
        assertThat(EventSchemas.faults(erp.got.getFirst().body())).isEmpty();
        Delivery kept = endpoints
                .deliveries(bench.brand, created.endpoint().id(), null, 10)
                .getFirst();
        assertThat(kept.state()).isEqualTo(State.FAILED);
        assertThat(endpoint(created).failingSince()).isNull();
    }

    @Test
    void hubThatIsKilledWithADeliveryInHand_leavesItToWhoeverLooksThen() {
        bench.start();
        erp.goSilent();
        Created created = endpoint(erp, "order.*");
        paid();
        await().atMost(SOON).until(() -> erp.got.size() == 1);
        hubs.getFirst().close();
        assertThat(endpoints.deliveries(bench.brand, created.endpoint().id(), State.DUE, 10))
                .hasSize(1);

        erp.answerAgain();
        hub(Duration.ofSeconds(60));
        clock.forward(Duration.ofMinutes(2));

        becomes(created, State.DONE);
        assertThat(erp.got)
                .hasSize(2)
                .extracting(FakeReceiver.Got::id)
                .containsOnly(erp.got.getFirst().id());
    }

    @Test
    void whatIsOlderThanAWeek_isForgotten() {
        bench.start();
        Created created = endpoint(erp, "order.*");
        paid();
        becomes(created, State.DONE);

        clock.forward(Duration.ofDays(8));

        await().atMost(SOON)
                .until(() -> endpoints
                        .deliveries(bench.brand, created.endpoint().id(), null, 10)
                        .isEmpty());
    }

    @Test
    void addressThatMayNotBeCalled_isRefused_alsoWhenItBecomesOneLater() {
        assertThatThrownBy(
                        () -> endpoints.create(bench.brand, null, new Entered("A", "ftp://x.example/", List.of("*"))))
                .hasMessageContaining("url: ftp://… (expected: an address");
        assertThatThrownBy(() -> endpoints.create(
                        bench.brand, null, new Entered("A", "http://forbidden.example/", List.of("*"))))
                .hasMessageContaining("forbidden");
        assertThatThrownBy(() ->
                        endpoints.create(bench.brand, null, new Entered("A", "https://u:p@x.example/", List.of("*"))))
                .hasMessageContaining("without a user");
        assertThatThrownBy(
                        () -> endpoints.create(bench.brand, null, new Entered("A", erp.url(), List.of("order.payed"))))
                .hasMessageContaining("types: order.payed (expected: *, or of [delivery.dead, journal.posted");
        Created created = endpoint(erp);
        bench.jdbc
                .sql("update hook_endpoint set url = 'http://forbidden.example/' where id = ?")
                .param(created.endpoint().id())
                .update();

        Attempt attempt = endpoints.test(bench.brand, created.endpoint().id()).orElseThrow();

        assertThat(attempt.error()).contains("forbidden");
    }

    @Test
    void creation_thatIsRepeated_createsOnce_andShowsTheSecretOnce() {
        Entered entered = new Entered("ERP", erp.url(), List.of("*"));
        Created first = endpoints.create(bench.brand, "key-1", entered);
        Created again = endpoints.create(bench.brand, "key-1", entered);

        assertThat(again.endpoint().id()).isEqualTo(first.endpoint().id());
        assertThat(first.secret()).startsWith("whsec_");
        assertThat(again.secret()).isNull();
        assertThat(endpoints.list(bench.brand)).hasSize(1);
        assertThat(first.toString()).doesNotContain("whsec_");
        byte[] stored = bench.jdbc
                .sql("select secret from hook_endpoint where id = ?")
                .param(first.endpoint().id())
                .query(byte[].class)
                .single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(first.secret());
        assertThat(endpoints.remove("another", first.endpoint().id())).isFalse();
        assertThat(endpoints.remove(bench.brand, first.endpoint().id())).isTrue();
    }

    private Created endpoint(FakeReceiver receiver, String... types) {
        return endpoints.create(
                bench.brand,
                null,
                new Entered("ERP", receiver.url(), types.length == 0 ? List.of("*") : List.of(types)));
    }

    private Endpoint endpoint(Created created) {
        return endpoints.find(bench.brand, created.endpoint().id()).orElseThrow();
    }

    private String paid() {
        return tell("OrderPaid");
    }

    private String tell(String type) {
        String id = UUID.randomUUID().toString();
        bench.outbox.append(bench.brand, Outbox.ORDERS, id, type, Map.of("orderId", id, "channel", "PLAYER"));
        return id;
    }

    private int tried(Created created) {
        return endpoints.deliveries(bench.brand, created.endpoint().id(), null, 10).stream()
                .mapToInt(Delivery::attempts)
                .max()
                .orElse(0);
    }

    private Delivery waits(Created created) {
        return waits(created, 1);
    }

    /** The delivery that is due again after {@code attempts} or more. */
    private Delivery waits(Created created, int attempts) {
        UUID id = created.endpoint().id();
        await().atMost(SOON)
                .until(() -> endpoints.deliveries(bench.brand, id, State.DUE, 50).stream()
                        .anyMatch(one ->
                                one.attempts() >= attempts && one.nextAt().isAfter(clock.instant())));
        return endpoints.deliveries(bench.brand, id, State.DUE, 50).stream()
                .filter(one -> one.attempts() >= attempts)
                .findFirst()
                .orElseThrow();
    }

    private Delivery becomes(Created created, State state) {
        UUID id = created.endpoint().id();
        await().atMost(SOON)
                .until(() -> !endpoints.deliveries(bench.brand, id, state, 10).isEmpty());
        return endpoints.deliveries(bench.brand, id, state, 10).getFirst();
    }

    private WebhookEndpoints hub(Duration answer) {
        OutgoingWebhooks made = OutgoingWebhooks.create(
                new HookSettings(Set.of("http", "https"), Duration.ofSeconds(2), answer, Duration.ofMillis(50)),
                new OutgoingWebhooks.Parts(
                        RoutesBench.DATABASE,
                        bench.transactions,
                        new XorSeal(),
                        (field, url) -> {
                            if (url.contains("forbidden")) {
                                throw new IllegalArgumentException(field + ": forbidden (expected: a public address)");
                            }
                        },
                        clock));
        made.start();
        hubs.add(made);
        return made.endpoints();
    }

    private static String signature(String secret, FakeReceiver.Got got) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
            String signed = got.id() + "." + got.timestamp() + "." + got.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Stored is not what is shown. */
    private static final class XorSeal implements dev.weir.live.SecretSeal {
        @Override
        public byte[] seal(byte[] clear) {
            byte[] sealed = clear.clone();
            for (int i = 0; i < sealed.length; i++) {
                sealed[i] = (byte) (sealed[i] ^ 0x5a);
            }
            return sealed;
        }

        @Override
        public byte[] open(byte[] sealed) {
            return seal(sealed);
        }
    }
}
