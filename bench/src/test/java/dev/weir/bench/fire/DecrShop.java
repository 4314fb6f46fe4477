package dev.weir.bench.fire;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A negative control, as many shops do it: one counter a SKU in Redis, DECR to hold, INCR to give back. Right while nothing
 * fails; a replica that lags forgets what it never heard.
 */
final class DecrShop implements HubShop {
    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Clock clock;
    private final long life;
    private volatile String brandSeen = "";

    DecrShop(HubArgs args, Clock clock) {
        this.clock = clock;
        this.life = args.holdMillis();
        client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(args.redisPort())
                .withTimeout(Duration.ofSeconds(1))
                .build());
        redis = client.connect().sync();
    }

    /** Serves until it is killed. */
    public static void main(String[] args) throws IOException {
        HubServer.run(HubArgs.parse(args), DecrShop::new);
    }

    @Override
    public Answer hold(String brand, String key, List<Line> lines) {
        brandSeen = brand;
        if (!redis.setnx("hold:" + key, Line.text(lines))) {
            return new Answer(Answer.Word.GRANTED, key);
        }
        List<Map.Entry<String, Integer>> taken = new ArrayList<>();
        for (Map.Entry<String, Integer> line : Line.sum(lines).entrySet()) {
            taken.add(line);
            if (redis.decrby("free:" + line.getKey(), line.getValue()) < 0) {
                taken.forEach(back -> redis.incrby("free:" + back.getKey(), back.getValue()));
                redis.del("hold:" + key);
                return Answer.of(Answer.Word.REFUSED);
            }
        }
        redis.zadd("due:" + brand, clock.millis() + life, key);
        return new Answer(Answer.Word.GRANTED, key);
    }

    @Override
    public Answer commit(String brand, String id) {
        if (redis.zrem("due:" + brand, id) == 0) {
            return Answer.of(redis.exists("order:" + id) == 1 ? Answer.Word.ALREADY : Answer.Word.REFUSED);
        }
        Line.sum(Line.parse(redis.get("hold:" + id))).forEach((sku, units) -> redis.incrby("sold:" + sku, units));
        redis.set("order:" + id, "1");
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer release(String brand, String id) {
        if (redis.zrem("due:" + brand, id) == 1) {
            Line.sum(Line.parse(redis.get("hold:" + id))).forEach((sku, units) -> redis.incrby("free:" + sku, units));
        }
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer pay(String brand, String id) {
        return Answer.of(Answer.Word.REFUSED);
    }

    @Override
    public Answer sell(String brand, String cause, Line line) {
        if (redis.decrby("free:" + line.sku(), line.units()) < 0) {
            redis.incrby("free:" + line.sku(), line.units());
            return Answer.of(Answer.Word.REFUSED);
        }
        redis.incrby("sold:" + line.sku(), line.units());
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer restock(String brand, String cause, Line line) {
        redis.decrby("sold:" + line.sku(), line.units());
        redis.incrby("free:" + line.sku(), line.units());
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer onHand(String brand, Line level) {
        String before = redis.setGet("onhand:" + level.sku(), Integer.toString(level.units()));
        redis.incrby("free:" + level.sku(), level.units() - (before == null ? 0 : Integer.parseInt(before)));
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer level(String brand, String sku) {
        int onHand = number("onhand:" + sku);
        int sold = number("sold:" + sku);
        int free = number("free:" + sku);
        return Answer.level(onHand, onHand - sold - free, sold, free, 0);
    }

    private int number(String key) {
        String value = redis.get(key);
        return value == null ? 0 : Integer.parseInt(value);
    }

    @Override
    public void tend() {
        try {
            redis.zrangebyscore("due:" + brandSeen, io.lettuce.core.Range.create(0, clock.millis()))
                    .forEach(id -> release(brandSeen, id));
        } catch (RuntimeException e) {
            // Redis is away; the next second comes.
            brandSeen = brandSeen.strip();
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
