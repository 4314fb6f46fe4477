package dev.weir.routes;

import dev.weir.live.SecretSeal;
import dev.weir.routes.internal.Hooks;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * How are the brand's own systems told? From the tables {@code hook_*}, which the outbox's relay fills in the transaction that marks an
 * event sent. Each hub delivers what is due and in nobody's hands. Thread-safe.
 */
public final class OutgoingWebhooks implements AutoCloseable {
    private final Hooks hooks;

    private OutgoingWebhooks(Hooks hooks) {
        this.hooks = hooks;
    }

    /** Wires the parts; nothing is delivered yet, but endpoints can be entered. */
    public static OutgoingWebhooks create(HookSettings settings, Parts parts) {
        return new OutgoingWebhooks(new Hooks(settings, parts));
    }

    /** Begins to deliver. Call once. */
    public void start() {
        hooks.start();
    }

    /** The endpoints. */
    public WebhookEndpoints endpoints() {
        return hooks;
    }

    /** Begins nothing new; what is in hand is cut off, and tried again by whoever runs in a minute. At most 2 s. */
    @Override
    public void close() {
        hooks.close();
    }

    /** May the hub be sent to an address that a user entered? */
    @FunctionalInterface
    public interface AddressCheck {
        /** Refuses with IllegalArgumentException, naming {@code field}. */
        void check(String field, String url);
    }

    /**
     * What the webhooks stand on.
     *
     * @param transactions manages {@code database}
     * @param addresses asked when an address is entered and before each call to it
     */
    public record Parts(
            DataSource database,
            PlatformTransactionManager transactions,
            SecretSeal seal,
            AddressCheck addresses,
            Clock clock) {}
}
