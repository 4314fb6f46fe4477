package dev.weir.bench.fire;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A negative control, as ticket shops do it: a key with a TTL for each unit, taken with SET NX. The order is written once the
 * key was found to be ours; nobody asks whether it still is when the order is on disk.
 */
final class TtlShop implements HubShop {
    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final HikariDataSource database;
    private final long life;

    TtlShop(HubArgs args, Clock clock) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args.jdbcUrl());
        config.setUsername("postgres");
        config.setMaximumPoolSize(12);
        this.database = new HikariDataSource(config);
        this.life = args.holdMillis();
        client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(args.redisPort())
                .withTimeout(Duration.ofSeconds(1))
                .build());
        redis = client.connect().sync();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // Several hubs start at once.
            statement.execute("select pg_advisory_lock(1)");
            statement.execute("create table if not exists naive_order (sku text, unit int, hold text)");
            statement.execute("create table if not exists naive_stock (sku text primary key, on_hand int)");
            statement.execute("select pg_advisory_unlock(1)");
        } catch (SQLException e) {
            throw new IllegalStateException("tables: not created (expected: a database that is there)", e);
        }
    }

    /** Serves until it is killed. */
    public static void main(String[] args) throws IOException {
        HubServer.run(HubArgs.parse(args), TtlShop::new);
    }

    @Override
    public Answer hold(String brand, String key, List<Line> lines) throws SQLException {
        if (redis.exists("hold:" + key) == 1) {
            return new Answer(Answer.Word.GRANTED, key);
        }
        List<String> locked = new ArrayList<>();
        for (Map.Entry<String, Integer> line : Line.sum(lines).entrySet()) {
            List<String> units = lock(key, line.getKey(), line.getValue());
            locked.addAll(units);
            if (units.size() < line.getValue()) {
                locked.forEach(redis::del);
                return Answer.of(Answer.Word.REFUSED);
            }
        }
        // Shorter than its units' keys, as a careful shop would have it.
        redis.psetex("hold:" + key, life * 7 / 10, String.join(",", locked));
        return new Answer(Answer.Word.GRANTED, key);
    }

    private List<String> lock(String key, String sku, int units) throws SQLException {
        List<String> locked = new ArrayList<>();
        for (int unit : unsold(sku)) {
            String name = "unit:" + sku + ":" + unit;
            if (locked.size() < units
                    && redis.set(name, key, SetArgs.Builder.nx().px(life)) != null) {
                locked.add(name);
            }
        }
        return locked;
    }

    @Override
    public Answer commit(String brand, String id) throws SQLException {
        String units = redis.get("hold:" + id);
        if (units == null) {
            return Answer.of(Answer.Word.REFUSED);
        }
        order(List.of(units.split(",")), id);
        // The units' own keys stay until they lapse: who read the stock before this order finds them taken.
        redis.del("hold:" + id);
        return Answer.of(Answer.Word.DONE);
    }

    private void order(List<String> units, String id) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert into naive_order values (?, ?, ?)")) {
            for (String unit : units) {
                String[] parts = unit.split(":");
                insert.setString(1, parts[1]);
                insert.setInt(2, Integer.parseInt(parts[2]));
                insert.setString(3, id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public Answer release(String brand, String id) {
        String units = redis.get("hold:" + id);
        if (units != null) {
            redis.del("hold:" + id);
            redis.del(units.split(","));
        }
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer pay(String brand, String id) {
        return Answer.of(Answer.Word.REFUSED);
    }

    @Override
    public Answer sell(String brand, String cause, Line line) throws SQLException {
        List<String> units = lock(cause, line.sku(), line.units());
        if (units.size() < line.units()) {
            units.forEach(redis::del);
            return Answer.of(Answer.Word.REFUSED);
        }
        order(units, cause);
        return Answer.of(Answer.Word.DONE);
    }

    /** Cancelled units stay away, which costs nothing but sales. */
    @Override
    public Answer restock(String brand, String cause, Line line) {
        return Answer.of(Answer.Word.REFUSED);
    }

    @Override
    public Answer onHand(String brand, Line level) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into naive_stock values (?, ?) on conflict (sku) do update set on_hand = excluded.on_hand")) {
            insert.setString(1, level.sku());
            insert.setInt(2, level.units());
            insert.executeUpdate();
        }
        return Answer.of(Answer.Word.DONE);
    }

    @Override
    public Answer level(String brand, String sku) throws SQLException {
        int onHand = number("select coalesce(max(on_hand), 0) from naive_stock where sku = ?", sku);
        int sold = number("select count(distinct unit)::int from naive_order where sku = ?", sku);
        return Answer.level(onHand, 0, sold, onHand - sold, 0);
    }

    private List<Integer> unsold(String sku) throws SQLException {
        List<Integer> units = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select unit from naive_stock s,"
                        + " generate_series(1, s.on_hand) unit where s.sku = ? and not exists"
                        + " (select 1 from naive_order o where o.sku = s.sku and o.unit = unit.unit)")) {
            select.setString(1, sku);
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                units.add(rows.getInt(1));
            }
        }
        return units;
    }

    private int number(String sql, String sku) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, sku);
            ResultSet row = select.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        return database.getConnection();
    }

    @Override
    public void tend() {}

    @Override
    public void close() {
        database.close();
        client.shutdown();
    }
}
