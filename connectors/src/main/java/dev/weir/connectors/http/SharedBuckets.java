package dev.weir.connectors.http;

import dev.weir.connectors.http.RateBudget.Ask;
import dev.weir.connectors.http.RateBudget.Outcome.Spent;
import dev.weir.connectors.http.RateBudget.Receipt;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What do the buckets hold that all hubs spend from? Redis decides, in its time. While it is away a stand-in of this process does, with
 * this hub's share of what was there last; when Redis is back it is told what the stand-in has left, so that nothing spent meanwhile
 * is spent again. Before Redis was ever heard, a hub believes that it is alone.
 */
final class SharedBuckets implements BucketStore {
    private static final String[] NOTHING = {"none", "0", "0", "0"};
    private static final BudgetScript SCRIPT = BudgetScript.load();

    private final Map<Key, LocalBucket> standIns = new ConcurrentHashMap<>();
    private final Map<Key, Heard> heard = new ConcurrentHashMap<>();
    private final String hub = UUID.randomUUID().toString();
    private final BudgetLink link;
    private final Waits waits;

    SharedBuckets(BudgetRedis redis, Waits waits) {
        this.link = new BudgetLink(redis);
        this.waits = waits;
    }

    /** What Redis said last of a bucket. */
    private record Heard(double level, double limit, int hubs) {}

    @Override
    public Take take(Ask ask) {
        Key key = Key.of(ask);
        if (link.isThere()) {
            LocalBucket standIn = standIns.remove(key);
            try {
                return taken(key, ask, standIn);
            } catch (RedisException e) {
                if (standIn != null) {
                    standIns.put(key, standIn);
                }
            }
        }
        BudgetTerms.Bucket share = ask.bucket().share(hubs(key));
        return standIn(key, share).take(share, ask.lane(), ask.cost(), waits.nanos());
    }

    private Take taken(Key key, Ask ask, @Nullable LocalBucket standIn) {
        String left = standIn == null ? "" : number(left(key, ask.bucket(), standIn));
        Reply reply = ask(
                key,
                ask.bucket(),
                "take",
                number(ask.cost()),
                number(ask.bucket().headroom(ask.lane())),
                hub,
                left);
        heard.put(key, new Heard(reply.level(), reply.limit(), Math.max(1, reply.hubs())));
        return reply.taken()
                ? new Take.Taken(new Receipt(reply.settled(), true))
                : new Take.NotYet(millis(Math.max(1, reply.waitFor())));
    }

    private double left(Key key, BudgetTerms.Bucket bucket, LocalBucket standIn) {
        int hubs = hubs(key);
        return standIn.look(bucket.share(hubs), waits.nanos()).level() * hubs;
    }

    @Override
    public void settle(Spent spent, double charged, @Nullable Reading reading) {
        Ask ask = spent.ask();
        Key key = Key.of(ask);
        if (spent.receipt().shared() && link.isThere()) {
            try {
                settled(key, spent, charged, reading);
                return;
            } catch (RedisException e) {
                // The stand-in, which is asked from now on, shall know it at least.
            }
        }
        if (!link.isThere()) {
            int hubs = hubs(key);
            BudgetTerms.Bucket share = ask.bucket().share(hubs);
            Reading scaled = reading instanceof Reading.Level l
                    ? new Reading.Level(l.remaining() / hubs, l.limit() / hubs, l.refillPerSecond() / hubs, l.charged())
                    : reading;
            Receipt receipt = spent.receipt().shared() ? new Receipt(0, false) : spent.receipt();
            standIn(key, share).settle(share, ask.cost(), charged, receipt, scaled, waits.nanos());
        }
    }

    private void settled(Key key, Spent spent, double charged, @Nullable Reading reading) {
        Ask ask = spent.ask();
        String[] told = switch (reading) {
            case null -> NOTHING;
            case Reading.Charged c -> NOTHING;
            case Reading.Level l ->
                new String[] {"level", number(l.remaining()), number(l.limit()), number(l.refillPerSecond())};
            case Reading.Closed c ->
                new String[] {"closed", Long.toString(c.length().toMillis()), "0", "0"};
            case Reading.Pace p -> new String[] {"pace", number(p.share()), "0", "0"};
            case Reading.Slower s -> new String[] {"slower", number(s.factor()), "0", "0"};
        };
        ask(
                key,
                ask.bucket(),
                "settle",
                number(ask.cost()),
                number(charged),
                number(spent.receipt().settledBefore()),
                told[0],
                told[1],
                told[2],
                told[3]);
    }

    @Override
    public State look(UUID connection, BudgetTerms.Bucket bucket) {
        Key key = new Key(connection, bucket.name());
        if (link.isThere()) {
            try {
                Reply r = ask(key, bucket, "look");
                return new State(r.level(), r.limit(), r.refill(), millis(r.closedFor()), true);
            } catch (RedisException e) {
                // The stand-in answers.
            }
        }
        BudgetTerms.Bucket share = bucket.share(hubs(key));
        return standIn(key, share).look(share, waits.nanos());
    }

    @Override
    public void close() {
        link.close();
    }

    private int hubs(Key key) {
        Heard last = heard.get(key);
        return last == null ? 1 : last.hubs();
    }

    private LocalBucket standIn(Key key, BudgetTerms.Bucket share) {
        Heard last = heard.get(key);
        double level = last == null ? share.limit() : Math.min(share.limit(), last.level() / last.hubs());
        return standIns.computeIfAbsent(key, none -> new LocalBucket(share, level, waits.nanos()));
    }

    private Reply ask(Key key, BudgetTerms.Bucket bucket, String operation, String... rest) {
        String prefix = "weir:budget:{" + key.connection() + "}";
        List<String> arguments =
                new java.util.ArrayList<>(List.of(operation, number(bucket.limit()), number(bucket.refillPerSecond())));
        arguments.addAll(List.of(rest));
        return Reply.of(link.run(SCRIPT, List.of(prefix + ":" + bucket.name(), prefix + "/hubs"), arguments));
    }

    private static String number(double figure) {
        return Double.toString(figure);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) Math.ceil(millis * 1e6));
    }

    /** What the script answers; times in milliseconds. */
    private record Reply(
            boolean taken,
            double waitFor,
            double settled,
            double level,
            double limit,
            double refill,
            double closedFor,
            int hubs) {
        private static Reply of(List<Object> list) {
            double[] n = list.stream()
                    .mapToDouble(one -> Double.parseDouble(one.toString()))
                    .toArray();
            return new Reply(n[0] > 0, n[1], n[2], n[3], n[4], n[5], n[6], (int) n[7]);
        }
    }
}
