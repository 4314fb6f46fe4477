package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions.Found;
import dev.weir.connectors.WebhookSubscriptions.Subscription;
import dev.weir.routes.ConnectionChores.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Does the platform push to us? Asked when a shop is connected and every six hours: Shopify deletes a subscription without a word after
 * 8 deliveries in a row that failed. Where one had to be mended, orders may have passed meanwhile, so they are asked for at once.
 */
final class Subscribing implements Chore {
    private static final int SHOWN = 10;

    private final Wiring wiring;
    private final ChoreRows rows;
    private final Function<Connection, URI> address;

    Subscribing(Wiring wiring, ChoreRows rows, Function<Connection, URI> address) {
        this.wiring = wiring;
        this.rows = rows;
        this.address = address;
    }

    @Override
    public Kind kind() {
        return Kind.SUBSCRIPTIONS;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.WEBHOOK_SUBSCRIPTION);
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public Duration first() {
        return Duration.ZERO;
    }

    @Override
    public Done run(Connection connection, Instant mark) {
        URI here = address.apply(connection);
        List<Subscription> all;
        try {
            all = wiring.channel(connection).webhookSubscriptions(connection).heal(here);
        } catch (ChannelException e) {
            if (e.fault() == Fault.REJECTED && isLocal(here)) {
                return new Done(mark, "not subscribed, because this hub has no public address: " + e.getMessage());
            }
            throw e;
        }
        List<Subscription> mended =
                all.stream().filter(one -> one.found() != Found.THERE).toList();
        if (!mended.isEmpty()) {
            rows.soon(connection.id(), Kind.ORDERS, Duration.ZERO);
        }
        return new Done(mark, words(all.size(), mended));
    }

    /** A hub on the operator's own machine: nothing is broken, and nothing can be pushed to it. */
    private static boolean isLocal(URI address) {
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
    }

    private static String words(int all, List<Subscription> mended) {
        if (mended.isEmpty()) {
            return all + " subscriptions stand";
        }
        List<String> shown = mended.stream().limit(SHOWN).map(Subscribing::word).toList();
        String more = mended.size() > SHOWN ? " and " + (mended.size() - SHOWN) + " more" : "";
        return all + " subscriptions stand; mended: " + String.join(", ", shown) + more;
    }

    private static String word(Subscription one) {
        return one.topic()
                + switch (one.found()) {
                    case MISSING -> " was missing";
                    case MOVED -> " went elsewhere";
                    case THERE -> " stood";
                };
    }
}
