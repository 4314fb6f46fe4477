package dev.weir.hub.internal.connections;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.hub.internal.security.SecretBox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who keeps us let in? Refreshes each connection's access ahead of its end, and when a call was refused; whatever the number of hubs,
 * one of them at a time, because it holds the lock of the connection's row while it asks. A new pair is sealed and committed before
 * anyone can use it. Thread-safe.
 *
 * <p>Bounds: 2 refreshes at once of one channel and hub, 100 looked at a round, 40 s of waiting for another hub.
 */
public final class TokenKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);
    private static final int MOST = 100;

    private final Map<String, Consent> consents;
    private final ConnectionStore connections;
    private final AccessStore rows;
    private final NoticeStore notices;
    private final JdbcClient jdbc;
    private final TransactionTemplate own;
    private final Duration notice;
    private final Clock clock;
    private final RefreshTimes times =
            new RefreshTimes(() -> ThreadLocalRandom.current().nextDouble());
    private final Flights flights;
    private final Words words;
    private final ExecutorService refreshers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Keeps the connections of those {@code channels} that can be consented to.
     *
     * @param transactions manages {@code jdbc}
     * @param notice how long before a grant ends its operator is needed
     */
    public TokenKeeper(
            Map<String, Channel> channels,
            ConnectionStore connections,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SecretBox box,
            Duration notice,
            Clock clock) {
        this.consents = channels.values().stream()
                .filter(channel -> channel.capabilities().contains(Capability.CONSENT))
                .collect(Collectors.toUnmodifiableMap(Channel::name, Channel::consent));
        this.connections = connections;
        this.rows = new AccessStore(jdbc, box);
        this.notices = new NoticeStore(jdbc);
        this.jdbc = jdbc;
        this.own = new TransactionTemplate(transactions);
        // Committed before anyone can use it, whatever the caller is in the middle of.
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.notice = notice;
        this.clock = clock;
        this.flights = new Flights(consents.keySet());
        this.words = new Words(channels);
    }

    /**
     * What an operator is told of a connection's access.
     *
     * @param endsAt when it ends unless it is renewed; null for never
     * @param grantEndsAt when only its operator can prolong it any more; null for never
     * @param needsYou whether only the operator can keep it
     * @param reason why; null while nobody is needed
     * @param trouble why the last try to renew it decided nothing; null when it did
     * @param consent how the last consent ended; null before the first
     */
    public record View(
            @Nullable Instant endsAt,
            @Nullable Instant grantEndsAt,
            boolean needsYou,
            @Nullable String reason,
            @Nullable String trouble,
            @Nullable Concluded consent) {}

    /** How a consent ended; {@code detail} holds no secret. */
    public record Concluded(Instant at, boolean ok, String detail) {}

    /** What the operator is told of {@code connection}'s access. */
    public View view(UUID connection) {
        Access access = rows.find(connection);
        Instant now = clock.instant();
        NoticeStore.Notice said = notices.find(connection).orElse(null);
        String need = said == null ? access.need(now, notice) : said.words(now);
        return new View(
                access.accessEnds(),
                earlier(access.operatorBy(), said == null ? null : said.ends()),
                need != null,
                need,
                access.trouble(),
                access.consent());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /** Names of the settings that the platform gave. */
    public Set<String> given(UUID connection) {
        return rows.find(connection).given();
    }

    /** How many connections need their operator now. */
    public long needing() {
        return rows.needing(clock.instant().plus(notice));
    }

    /**
     * With what to try again after {@code used} was refused: the stored settings where they are newer, else what a refresh brings;
     * empty when neither is to be had. Waits for a refresh that is under way, here or at another hub.
     */
    public Optional<Connection> renewed(Connection used) {
        Optional<Connection> newer = newer(used);
        if (newer.isPresent() || !consents.containsKey(used.channel())) {
            return newer;
        }
        flights.join(used.id(), used.channel(), () -> refresh(used.id(), used));
        return newer(used);
    }

    /** {@code connection}, refreshed first when its access has ended by the clock. */
    public Connection live(Connection connection) {
        Instant ends = rows.find(connection.id()).accessEnds();
        boolean over = ends != null && !ends.isAfter(clock.instant());
        return over ? renewed(connection).orElse(connection) : connection;
    }

    /** Looks at what was changed and begins to refresh what is due; returns how many that are. Does not wait for platforms. */
    public int tend() {
        rows.unseen(consents.keySet(), MOST).forEach(this::look);
        List<UUID> due = rows.due(clock.instant(), MOST);
        for (UUID id : due) {
            connections
                    .find(id)
                    .filter(connection -> consents.containsKey(connection.channel()))
                    .ifPresent(connection ->
                            refreshers.execute(() -> flights.begin(id, connection.channel(), () -> refresh(id, null))));
        }
        return due.size();
    }

    /** Stores what a consent gave, as {@code change} puts it into the connection; empty when the connection is gone. */
    Optional<ConnectionStore.Stored> granted(UUID id, Set<String> given, UnaryOperator<ConnectionStore.Draft> change) {
        rows.prepare(id);
        return Objects.requireNonNull(own.execute(status -> waitFor(id)
                .flatMap(access -> connections
                        .change(id, stored -> Optional.of(change.apply(ConnectionStore.draft(stored))))
                        .map(stored -> {
                            rows.write(id, seen(stored, access, clock.instant()).withGiven(given, Map.of()));
                            notices.clear(id);
                            return stored;
                        }))));
    }

    /** Notes how the operator's consent ended. */
    void concluded(UUID id, boolean ok, String detail) {
        rows.prepare(id);
        own.executeWithoutResult(status -> waitFor(id)
                .ifPresent(access -> rows.write(id, access.withConsent(new Concluded(clock.instant(), ok, detail)))));
    }

    @Override
    public void close() {
        refreshers.shutdownNow();
    }

    private Optional<Connection> newer(Connection used) {
        return connections.find(used.id()).filter(stored -> !stored.settings().equals(used.settings()));
    }

    private void look(UUID id) {
        rows.prepare(id);
        own.executeWithoutResult(status -> rows.tryLock(id)
                .ifPresent(access -> connections
                        .stored(id)
                        .filter(stored -> stored.version() != access.seenVersion())
                        .ifPresent(stored -> rows.write(id, seen(stored, access, clock.instant())))));
    }

    /** The ends as the settings say them now; what the platform refused before was about other settings. */
    private Access seen(ConnectionStore.Stored stored, Access access, Instant now) {
        Consent.Lapse lapse = lapse(stored.connection());
        return access.seen(stored.version(), lapse, times.ahead(now, lapse));
    }

    private Consent.Lapse lapse(Connection connection) {
        try {
            return consent(connection).lapse(connection);
        } catch (RuntimeException e) {
            LOG.warn("When {} lapses cannot be told", connection, e);
            return new Consent.Lapse(null, null);
        }
    }

    private Consent consent(Connection connection) {
        Consent consent = consents.get(connection.channel());
        if (consent == null) {
            throw new IllegalStateException(
                    "channel: " + connection.channel() + " (expected: one of " + consents.keySet() + ")");
        }
        return consent;
    }

    /** {@code used}: what a call was refused with; null when it is time by the clock. */
    private void refresh(UUID id, @Nullable Connection used) {
        if (used != null) {
            rows.prepare(id);
        }
        try {
            own.executeWithoutResult(status -> {
                Optional<Access> locked = used == null ? rows.tryLock(id) : waitFor(id);
                Optional<Connection> connection = connections.find(id);
                if (locked.isPresent() && connection.isPresent() && wanted(locked.get(), connection.get(), used)) {
                    refresh(connection.get(), locked.get());
                }
            });
        } catch (PessimisticLockingFailureException e) {
            LOG.warn("Another hub has been refreshing connection {} for long", id, e);
        }
    }

    private Optional<Access> waitFor(UUID id) {
        jdbc.sql("set local lock_timeout = '40s'").update();
        return rows.lock(id);
    }

    /** Whether it is still to be done, now that nobody else can: another hub may have been faster. */
    private boolean wanted(Access access, Connection connection, @Nullable Connection used) {
        Instant now = clock.instant();
        if (used == null) {
            return access.refreshAt() != null && !access.refreshAt().isAfter(now);
        }
        return connection.settings().equals(used.settings())
                && access.refused() == null
                && access.renewable()
                && RefreshTimes.mayAsk(now, access.askedAt());
    }

    private void refresh(Connection connection, Access access) {
        UUID id = connection.id();
        Refresh refresh = Refresh.ask(consent(connection), connection, access.previous());
        Instant now = clock.instant();
        switch (refresh) {
            case Refresh.Renewed renewed -> renew(connection, access, renewed.grant(), now);
            case Refresh.Nothing nothing -> rows.write(id, access.nothingToRenew(now));
            case Refresh.Refused refused -> {
                String reason = words.safe(connection, refused.reason());
                LOG.warn("{} needs its operator: {}", connection, reason);
                rows.write(id, access.refused(now, reason));
            }
            case Refresh.Later later -> {
                String reason = words.safe(connection, later.reason());
                LOG.info("{} is refreshed later: {}", connection, reason);
                rows.write(id, access.trouble(now, reason, times.again(now, access.failures() + 1, later.after())));
            }
        }
    }

    /** Stores the pair unless somebody entered another one meanwhile: that is newer. */
    private void renew(Connection asked, Access access, Consent.Grant grant, Instant now) {
        Set<String> given = new TreeSet<>(access.given());
        given.addAll(grant.settings().keySet());
        connections
                .change(
                        asked.id(),
                        stored -> same(given, asked, stored.connection())
                                ? Optional.of(ConnectionStore.draft(stored).with(grant.settings()))
                                : Optional.empty())
                .ifPresent(stored -> {
                    Consent.Lapse lapse = lapse(stored.connection());
                    rows.write(
                            asked.id(),
                            access.seen(stored.version(), lapse, times.next(now, lapse))
                                    .asked(now)
                                    .withGiven(
                                            given,
                                            values(asked, grant.settings().keySet())));
                });
    }

    private static boolean same(Set<String> names, Connection one, Connection other) {
        return values(one, names).equals(values(other, names));
    }

    private static Map<String, String> values(Connection connection, Set<String> names) {
        Map<String, String> values = new HashMap<>(connection.settings());
        values.keySet().retainAll(names);
        return values;
    }
}
