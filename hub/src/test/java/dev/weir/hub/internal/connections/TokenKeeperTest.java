package dev.weir.hub.internal.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Two hubs over one PostgreSQL keep one shop's access alive, whatever the platform does. */
class TokenKeeperTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Hubs hubs = new Hubs();
    private final FakePlatform platform = hubs.platform;
    private final Hubs.Hub a = hubs.hub("hub-a");
    private final Hubs.Hub b = hubs.hub("hub-b");

    @AfterEach
    void close() {
        platform.gate.countDown();
        hubs.close();
    }

    @Test
    void fiftyRefusedCallsOfTwoHubs_leadToOneRefreshALapse_andAllGoOnWithTheSamePair() throws Exception {
        Connection first = Hubs.connected(a, platform);
        for (int lapse = 1; lapse <= 3; lapse++) {
            hubs.pass(Duration.ofHours(2));
            Connection used = stored(first);
            List<Future<Optional<Connection>>> renewed = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    Hubs.Hub hub = i % 2 == 0 ? a : b;
                    renewed.add(callers.submit(() -> hub.keeper().renewed(used)));
                }
            }

            var pairs = new HashSet<String>();
            for (Future<Optional<Connection>> one : renewed) {
                pairs.add(one.get().orElseThrow().setting("accessToken"));
            }
            assertThat(platform.rotations).hasValue(lapse);
            assertThat(pairs).hasSize(1);
            platform.use(pairs.iterator().next());
        }
        assertThat(platform.asked).hasValue(3);
        assertThat(platform.mostAtOnce).hasValue(1);
    }

    @Test
    void accessThatEndsSoon_isRefreshedAhead_onceForBothHubs() {
        Connection connection = Hubs.connected(a, platform);
        assertThat(a.keeper().tend()).isZero();

        hubs.pass(Duration.ofMinutes(51));
        a.keeper().tend();
        b.keeper().tend();
        await().atMost(SOON).until(() -> platform.rotations.get() == 1 && platform.atOnce.get() == 0);
        await().atMost(SOON).until(() -> !stored(connection).settings().equals(connection.settings()));

        assertThat(a.keeper().tend()).isZero();
        assertThat(b.keeper().tend()).isZero();
        assertThat(a.keeper().view(connection.id()).endsAt())
                .isEqualTo(hubs.now().plus(Duration.ofHours(1)));
        platform.use(stored(connection).setting("accessToken"));
    }

    @Test
    void answerThatIsLost_isAskedForAgainWithTheSamePair_whichThePlatformStillTakes() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        platform.answersToLose.set(1);

        Optional<Connection> renewed = a.keeper().renewed(connection);

        assertThat(renewed).contains(stored(connection));
        assertThat(platform.asked).hasValue(2);
        platform.use(renewed.orElseThrow().setting("accessToken"));
    }

    @Test
    void answersThatAreLostForLong_areAskedForLater_andTheStoredPairStaysGood() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        platform.answersToLose.set(2);

        assertThat(a.keeper().renewed(connection)).isEmpty();
        assertThat(a.keeper().view(connection.id()).trouble()).isEqualTo("no answer");
        assertThat(a.keeper().view(connection.id()).needsYou()).isFalse();

        hubs.pass(Duration.ofSeconds(4));
        b.keeper().tend();
        await().atMost(SOON).until(() -> !stored(connection).settings().equals(connection.settings()));
        platform.use(stored(connection).setting("accessToken"));
        assertThat(a.keeper().view(connection.id()).trouble()).isNull();
    }

    @Test
    void hubThatDiesBetweenExchangeAndStore_leavesThePairThatStillWorks_toTheOtherHub() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        platform.betweenRotationAndAnswer = () -> {
            platform.betweenRotationAndAnswer = () -> {};
            hubs.kill("hub-a");
        };

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> a.keeper().renewed(connection))
                .isInstanceOf(RuntimeException.class);
        assertThat(stored(connection)).isEqualTo(connection);

        Connection renewed = b.keeper().renewed(connection).orElseThrow();
        assertThat(platform.rotations).hasValue(2);
        platform.use(renewed.setting("accessToken"));
    }

    @Test
    void refreshThatIsRefused_needsTheOperator_isNotAskedForAgain_andRepeatsNoToken() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        platform.refuses = true;

        assertThat(a.keeper().renewed(connection)).isEmpty();
        assertThat(b.keeper().renewed(connection)).isEmpty();
        hubs.pass(Duration.ofHours(2));
        assertThat(b.keeper().renewed(connection)).isEmpty();
        assertThat(b.keeper().tend()).isZero();

        assertThat(platform.asked).hasValue(1);
        TokenKeeper.View view = b.keeper().view(connection.id());
        assertThat(view.needsYou()).isTrue();
        assertThat(view.reason()).isEqualTo("The platform no longer renews the access: refresh token •••• was revoked");
        assertThat(b.keeper().needing()).isEqualTo(1);
    }

    @Test
    void pairThatThePlatformForgot_isReplacedWithTheHelpOfTheOneBefore() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        Connection second = a.keeper().renewed(connection).orElseThrow();
        platform.forgetNewest();
        hubs.pass(Duration.ofHours(2));

        Connection third = a.keeper().renewed(second).orElseThrow();

        platform.use(third.setting("accessToken"));
        assertThat(a.keeper().view(connection.id()).needsYou()).isFalse();
    }

    @Test
    void grantThatEndsWithinTheNotice_needsTheOperatorEarly() {
        platform.grantLasts = Duration.ofDays(15);
        Connection connection = Hubs.connected(a, platform);
        assertThat(a.keeper().view(connection.id()).needsYou()).isFalse();
        assertThat(a.keeper().needing()).isZero();

        hubs.pass(Duration.ofDays(1).plusMinutes(1));

        TokenKeeper.View view = a.keeper().view(connection.id());
        assertThat(view.needsYou()).isTrue();
        assertThat(view.reason()).isEqualTo("The access ends and cannot be renewed without you.");
        assertThat(a.keeper().needing()).isEqualTo(1);
    }

    @Test
    void accessWithNothingToRenewItWith_needsTheOperatorBeforeItEnds() {
        Map<String, String> settings =
                new LinkedHashMap<>(Hubs.connected(a, platform).settings());
        settings.remove("refreshToken");
        settings.remove("grantEndsAt");
        Connection connection =
                new Connection(java.util.UUID.randomUUID(), "kiln", FakeChannel.NAME, "By hand", settings);
        a.connections().save(connection);
        a.keeper().tend();
        assertThat(a.keeper().view(connection.id()).needsYou()).isFalse();

        assertThat(a.keeper().renewed(connection)).isEmpty();

        assertThat(a.keeper().view(connection.id()).needsYou()).isTrue();
        assertThat(platform.asked).hasValue(0);
    }

    @Test
    void platformThatIsAway_isAskedLessAndLessOften_andTheConnectionStaysItsOperatorsNoBusiness() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofMinutes(51));
        platform.outages.set(3);
        int[] pauses = {0, 4, 6, 10};
        for (int i = 0; i < pauses.length; i++) {
            int asked = i + 1;
            hubs.pass(Duration.ofSeconds(pauses[i]));
            a.keeper().tend();
            await().atMost(SOON).until(() -> platform.asked.get() == asked && platform.atOnce.get() == 0);
            await().atMost(SOON).until(() -> a.keeper().tend() == 0);
            assertThat(a.keeper().view(connection.id()).needsYou()).isFalse();
        }
        await().atMost(SOON).until(() -> !stored(connection).settings().equals(connection.settings()));
    }

    @Test
    void tokenThatTheOperatorEntersMeanwhile_isNotOverwrittenByTheOldOnesSuccessor() throws Exception {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        platform.gate = new CountDownLatch(1);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Connection>> renewed =
                    caller.submit(() -> a.keeper().renewed(connection));
            await().atMost(SOON).until(() -> platform.atOnce.get() == 1);
            Map<String, String> byHand = Map.of("accessToken", "by-hand", "refreshToken", "by-hand-too");
            b.connections()
                    .change(
                            connection.id(),
                            stored -> Optional.of(ConnectionStore.draft(stored).with(byHand)));
            platform.gate.countDown();

            assertThat(renewed.get().orElseThrow().setting("accessToken")).isEqualTo("by-hand");
        }
        assertThat(stored(connection).setting("refreshToken")).isEqualTo("by-hand-too");
    }

    @Test
    void otherSettingThatTheOperatorEntersMeanwhile_staysBesideTheNewPair() throws Exception {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        platform.gate = new CountDownLatch(1);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Connection>> renewed =
                    caller.submit(() -> a.keeper().renewed(connection));
            await().atMost(SOON).until(() -> platform.atOnce.get() == 1);
            b.connections()
                    .change(
                            connection.id(),
                            stored -> Optional.of(ConnectionStore.draft(stored).with(Map.of("location", "8"))));
            platform.gate.countDown();
            renewed.get();
        }

        assertThat(stored(connection).setting("location")).isEqualTo("8");
        platform.use(stored(connection).setting("accessToken"));
    }

    @Test
    void newPair_isStored_whateverBecomesOfTheCallersTransaction() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));

        new TransactionTemplate(a.transactions()).executeWithoutResult(status -> {
            assertThat(a.keeper().renewed(connection)).isPresent();
            status.setRollbackOnly();
        });

        platform.use(stored(connection).setting("accessToken"));
    }

    @Test
    void hubThatHeldAnOlderPair_isHandedTheStoredOne_withoutAskingThePlatform() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        Connection renewed = a.keeper().renewed(connection).orElseThrow();

        assertThat(b.keeper().renewed(connection)).contains(renewed);
        assertThat(platform.asked).hasValue(1);
    }

    @Test
    void callsThatAreRefusedAgainAtOnce_doNotAskThePlatformAgain() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        Connection renewed = a.keeper().renewed(connection).orElseThrow();

        assertThat(a.keeper().renewed(renewed)).isEmpty();
        assertThat(b.keeper().renewed(renewed)).isEmpty();
        assertThat(platform.asked).hasValue(1);
    }

    @Test
    void tokens_areSealedAtRest_inEveryColumn() {
        Connection connection = Hubs.connected(a, platform);
        hubs.pass(Duration.ofHours(2));
        a.keeper().renewed(connection);

        for (String table : List.of("connection", "connection_grant")) {
            List<String> rows = a.jdbc()
                    .sql("select encode(convert_to(t::text, 'UTF8'), 'escape') || coalesce(encode(x, 'escape'), '')"
                            + " from " + table + " t cross join lateral (select "
                            + (table.equals("connection") ? "sealed_settings" : "sealed_previous") + ") s (x)")
                    .query(String.class)
                    .list();
            assertThat(rows)
                    .isNotEmpty()
                    .allSatisfy(
                            row -> assertThat(row).doesNotContain("access-token", "refresh-token", "client-secret"));
        }
    }

    @Test
    void timesOfRefresh_lieBetweenASixthAndAQuarterAhead() {
        Instant now = hubs.now();
        Instant end = now.plus(Duration.ofHours(1));
        var lapse = new dev.weir.connectors.Consent.Lapse(end, null);

        assertThat(new RefreshTimes(() -> 0).ahead(now, lapse)).isEqualTo(end.minus(Duration.ofMinutes(10)));
        assertThat(new RefreshTimes(() -> 1).ahead(now, lapse)).isEqualTo(end.minus(Duration.ofMinutes(15)));
        assertThat(new RefreshTimes(() -> 0).ahead(end, lapse)).isEqualTo(end);
        assertThat(new RefreshTimes(() -> 0).again(now, 1, Duration.ofMinutes(9)))
                .isEqualTo(now.plus(Duration.ofMinutes(9)));
        assertThat(new RefreshTimes(() -> 0).again(now, 30, null)).isEqualTo(now.plusSeconds(256));
    }

    private Connection stored(Connection connection) {
        return b.connections().find(connection.id()).orElseThrow();
    }
}
