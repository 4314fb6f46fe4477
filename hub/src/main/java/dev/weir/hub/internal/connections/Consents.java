package dev.weir.hub.internal.connections;

import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Setting;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How does an operator let us in at a platform's own page? {@link #begin} tells where to send them, {@link #finish} takes what comes
 * back. Thread-safe.
 */
public final class Consents {
    /** How long the operator may take at the platform. */
    public static final Duration LASTS = ConsentStates.LASTS;

    private static final Logger LOG = LoggerFactory.getLogger(Consents.class);
    private static final Set<String> WEB = Set.of("http", "https");
    private static final int MOST_SETTINGS = 50;
    private static final int LONGEST_SETTING = 8_000;

    private final Map<String, Channel> channels;
    private final ConnectionStore connections;
    private final TokenKeeper keeper;
    private final OutgoingAddresses addresses;
    private final ConsentStates states;
    private final Supplier<URI> baseUrl;
    private final Clock clock;
    private final Words words;
    private volatile Consumer<UUID> granted = connection -> {};

    /** Over {@code jdbc}'s database; platforms send operators back below {@code baseUrl}, which has no trailing slash. */
    public Consents(
            Map<String, Channel> channels,
            ConnectionStore connections,
            TokenKeeper keeper,
            OutgoingAddresses addresses,
            JdbcClient jdbc,
            Supplier<URI> baseUrl,
            Clock clock) {
        this.channels = channels;
        this.connections = connections;
        this.keeper = keeper;
        this.addresses = addresses;
        this.states = new ConsentStates(jdbc);
        this.baseUrl = baseUrl;
        this.clock = clock;
        this.words = new Words(channels);
    }

    /** Where to send the operator, and the cookie that their browser is to keep until {@code endsAt}. */
    public record Begun(URI page, String cookie, String browser, Instant endsAt) {
        /** Page and cookie are secrets. */
        @Override
        public String toString() {
            return "Begun[until " + endsAt + "]";
        }
    }

    /** Where the browser goes on: below the operator's page; {@code cookie} has done its work, null when none was named. */
    public record Finished(String path, @Nullable String cookie) {}

    /** Tells {@code listener} of each connection that was let in and lacks nothing, on the thread that finishes it. */
    public void whenGranted(Consumer<UUID> listener) {
        granted = listener;
    }

    /** Begins a consent; throws {@link ChannelException} when the channel knows none or misses a setting for it. */
    public Begun begin(Connection connection) {
        Consent consent = channel(connection).consent();
        ConsentStates.Begun begun = states.begin(connection.id(), connection.brand(), clock.instant());
        URI page;
        try {
            page = consent.page(connection.settings(), redirect(), begun.state());
        } catch (ChannelException e) {
            throw new ChannelException(e.fault(), words.safe(connection, String.valueOf(e.getMessage())));
        }
        addresses.check("page", page.toString(), WEB);
        return new Begun(page, begun.cookie(), begun.browser(), begun.endsAt());
    }

    /** Takes the query that a browser came back with; {@code cookies} gives the value that it holds under a name, or null. */
    public Finished finish(Map<String, String> query, Function<String, @Nullable String> cookies) {
        String state = query.get("state");
        String cookie = state == null ? null : ConsentStates.cookie(state);
        String browser = cookie == null ? null : cookies.apply(cookie);
        String about = switch (states.take(state, browser, clock.instant())) {
            case ConsentStates.Returned.Bad bad -> bad.word();
            case ConsentStates.Returned.Good good ->
                connections
                        .stored(good.connectionId())
                        .filter(stored -> stored.connection().brand().equals(good.brand()))
                        .map(stored -> take(stored.connection(), query))
                        .orElse("consent-unknown");
        };
        return new Finished("/operator#connections/" + about, cookie);
    }

    private String take(Connection connection, Map<String, String> query) {
        try {
            Consent.Grant grant = channel(connection).consent().grant(connection.settings(), redirect(), query);
            Map<String, String> given = checked(connection, grant.settings());
            keeper.granted(connection.id(), new TreeSet<>(given.keySet()), draft -> put(connection, draft, given))
                    .ifPresent(this::conclude);
        } catch (ChannelException | IllegalArgumentException e) {
            String reason = Words.without(
                    words.safe(connection, String.valueOf(e.getMessage())),
                    query.entrySet().stream()
                            .filter(parameter -> !isOpen(parameter.getKey()))
                            .map(Map.Entry::getValue)
                            .toList());
            LOG.info("Consent for {} came to nothing: {}", connection, reason);
            keeper.concluded(connection.id(), false, reason);
        }
        return connection.id().toString();
    }

    /** Parameters of a return that people are told of; all others may be codes and signatures. */
    private static boolean isOpen(String parameter) {
        return parameter.startsWith("error") || parameter.equals("shop");
    }

    /** What the platform gave, as strictly looked at as what an operator enters. */
    private Map<String, String> checked(Connection connection, Map<String, String> given) {
        if (given.size() > MOST_SETTINGS) {
            throw new ChannelException(
                    Fault.REJECTED, "grant: " + given.size() + " settings (expected: at most " + MOST_SETTINGS + ")");
        }
        given.forEach((name, value) -> {
            if (value.length() > LONGEST_SETTING || name.equals("backend")) {
                throw new ChannelException(
                        Fault.REJECTED,
                        "grant." + name + ": " + value.length() + " characters (expected: a setting of "
                                + connection.channel() + ", at most " + LONGEST_SETTING + ")");
            }
            if (value.startsWith("http://") || value.startsWith("https://")) {
                addresses.check("grant." + name, value, WEB);
            }
        });
        return given;
    }

    private ConnectionStore.Draft put(Connection connection, ConnectionStore.Draft draft, Map<String, String> given) {
        ConnectionStore.Draft with = draft.with(given);
        boolean unfinished = !missing(channel(connection), with.settings()).isEmpty();
        return new ConnectionStore.Draft(with.name(), with.settings(), unfinished, with.rotating(), false);
    }

    private void conclude(ConnectionStore.Stored stored) {
        Connection connection = stored.connection();
        Channel channel = channel(connection);
        List<String> missing = missing(channel, connection.settings());
        if (!missing.isEmpty()) {
            keeper.concluded(
                    connection.id(),
                    true,
                    channel.title() + " lets us in. Still to be entered: " + String.join(", ", missing) + ".");
            return;
        }
        Check check = channel.check(connection);
        Check told = new Check(check.ok(), words.safe(connection, check.detail()), check.unproven());
        Check safe = connections.checked(connection.id(), told, clock.instant());
        keeper.concluded(
                connection.id(),
                safe.ok(),
                channel.title()
                        + (safe.ok() ? " lets us in. " : " lets us in, but does not work yet: ")
                        + safe.words());
        granted.accept(connection.id());
    }

    /** Titles of the required settings that are not there. */
    private static List<String> missing(Channel channel, Map<String, String> settings) {
        return channel.settings().stream()
                .filter(setting -> setting.required()
                        && settings.getOrDefault(setting.name(), "").isBlank())
                .map(Setting::title)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Channel channel(Connection connection) {
        return Optional.ofNullable(channels.get(connection.channel()))
                .orElseThrow(() -> new ChannelException(
                        Fault.UNSUPPORTED,
                        "channel: " + connection.channel() + " (expected: one of " + channels.keySet() + ")"));
    }

    private URI redirect() {
        return URI.create(baseUrl.get() + "/connect/callback");
    }
}
