package dev.weir.instagram.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does a connection work, and what will stop it from working soon? */
public final class InstagramCheck {
    private static final Duration EARLY = Duration.ofDays(10);

    private final ProductReads reads;
    private final Connection connection;
    private final Consent consent;
    private final Clock clock;

    /** The check of one connection. */
    public InstagramCheck(ProductReads reads, Connection connection, Consent consent, Clock clock) {
        this.reads = reads;
        this.connection = connection;
        this.consent = consent;
        this.clock = clock;
    }

    /** What was seen; never throws. */
    public Check run() {
        try {
            List<String> seen = new ArrayList<>();
            seen.add("Catalogue " + reads.catalogue());
            String sunset = GraphVersion.of(connection).warning(clock.instant());
            if (sunset != null) {
                seen.add(sunset);
            }
            Consent.Lapse lapse = consent.lapse(connection);
            warn(seen, "the token", lapse.access());
            warn(seen, "access to the person's data", lapse.grant());
            return new Check(true, String.join("; ", seen));
        } catch (ChannelException e) {
            String asked = e.fault() == Fault.NOT_FOUND
                    ? "catalogId: not one that the token reaches (expected: the number of a catalogue). "
                    : "";
            return new Check(false, asked + e.getMessage());
        }
    }

    private void warn(List<String> seen, String what, @Nullable Instant ends) {
        if (ends != null && ends.isBefore(clock.instant().plus(EARLY))) {
            seen.add(what + " ends on " + ends + ": connect again");
        }
    }
}
