package dev.weir.tiktokshop.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time is it at TikTok's gateway? Ours, until it refuses a stamp (it takes from 5 minutes ago to 30 s ahead): then the
 * difference to the {@code Date} of its answer is added from there on. Shared by all connections; thread-safe.
 */
public final class GatewayTime {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayTime.class);
    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

    private final Clock clock;
    private final AtomicLong ahead = new AtomicLong();

    /** The gateway's time as {@code clock} has it. */
    public GatewayTime(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    long seconds() {
        return clock.instant().getEpochSecond() + ahead.get();
    }

    /** Takes the difference to {@code theirs} from here on, when it is small enough to be a clock that is wrong: at most a day. */
    void learn(Instant theirs) {
        long difference = theirs.getEpochSecond() - clock.instant().getEpochSecond();
        if (Math.abs(difference) <= MOST_SECONDS && Math.abs(difference - ahead.get()) > 1) {
            LOG.warn("This machine's clock is {} s off TikTok's gateway: calls are stamped with its time", -difference);
            ahead.set(difference);
        }
    }
}
