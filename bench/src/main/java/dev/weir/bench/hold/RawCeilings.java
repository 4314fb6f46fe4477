package dev.weir.bench.hold;

import dev.weir.connectors.Sku;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What could this machine do at most, and what does the usual design get out of it? On the servers of a rig. */
public final class RawCeilings {

    private static final String ADMIT = "/dev/weir/reservation/admit.lua";

    private final HoldRig rig;

    /** Of that rig. */
    public RawCeilings(HoldRig rig) {
        this.rig = rig;
    }

    /** The admission's own script, sent with ready arguments by a plain client: nothing is computed per call. */
    public Storm.Result evalsha(Sku soldOut, int many, int seconds) throws Exception {
        RedisClient client = RedisClient.create(rig.redis());
        try (StatefulRedisConnection<String, String> connection = client.connect();
                InputStream script = RawCeilings.class.getResourceAsStream(ADMIT)) {
            if (script == null) {
                throw new IOException("resource: " + ADMIT + " (expected: on the class path)");
            }
            String sha = connection.sync().scriptLoad(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            String tag = "weir:{" + HoldRig.BRAND + "}:";
            String id = UUID.randomUUID().toString();
            String epoch = connection.sync().hget(tag + "pool", "epoch");
            String now = Long.toString(System.currentTimeMillis());
            String[] keys = {tag + "pool", tag + "hold:" + id, tag + "stock:" + soldOut, tag + "holds:" + soldOut};
            String[] arguments = {epoch, "0", now, "90000", "810000", id, "1"};
            return Storm.run(
                    "raw EVALSHA, sold out",
                    many,
                    seconds,
                    (who, round) -> connection.sync().evalsha(sha, ScriptOutputType.MULTI, keys, arguments));
        } finally {
            client.shutdown();
        }
    }

    /** One transaction for each hold, as most shops do it: the same rows, guarded by the same constraint. */
    public Storm.Result transactionEach(Sku sku, int many, int seconds) throws Exception {
        return Storm.run("one transaction a hold, JDBC", many, seconds, (who, round) -> hold(sku));
    }

    private void hold(Sku sku) throws SQLException {
        try (Connection connection = rig.database().getConnection()) {
            connection.setAutoCommit(false);
            UUID id = UUID.randomUUID();
            for (String sql : statements()) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    int parameters = statement.getParameterMetaData().getParameterCount();
                    for (int i = 1; i <= parameters; i++) {
                        statement.setObject(i, i == 1 ? sku.value() : id);
                    }
                    statement.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private static List<String> statements() {
        return List.of(
                "update stock set held = held + 1, version = version + 1, updated_at = now()"
                        + " where brand = 'house' and sku = ? and held + sold + allocated < on_hand",
                "insert into hold (id, brand, show_id, idempotency_key, request_hash, token_hash, state, created_at,"
                        + " expires_at, attribution) select i, 'house', i, ? || i::text, uuid_send(i), uuid_send(i), 'HELD',"
                        + " now(), now() + interval '10 min', '{}' from (select ?::uuid as i) x",
                "insert into hold_line (hold_id, line_no, sku, quantity, unit_minor, currency)"
                        + " select i, 0, s, 1, 1290, 'EUR' from (select ?::text as s, ?::uuid as i) x",
                "insert into stock_movement (brand, sku, kind, held, version, hold_id, cause, at)"
                        + " select 'house', s, 'HOLD', 1, 1, i, 'hold', now() from (select ?::text as s, ?::uuid as i) x");
    }

    /** The same by pgbench, over its own connections; its summary. */
    public String pgbench(Sku sku, int clients, int seconds) throws IOException, InterruptedException {
        Path script = Files.createTempFile("hold", ".sql");
        Path output = Files.createTempFile("pgbench", ".txt");
        try {
            Files.writeString(script, pgbenchScript(sku));
            Process process = new ProcessBuilder(
                            "pgbench",
                            "-n",
                            "-M",
                            "prepared",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(rig.postgresPort()),
                            "-U",
                            "postgres",
                            "-c",
                            Integer.toString(clients),
                            "-j",
                            "2",
                            "-T",
                            Integer.toString(seconds),
                            "-f",
                            script.toString(),
                            "postgres")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(seconds + 30L, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return String.join(
                    "\n",
                    Files.readAllLines(output).stream()
                            .filter(line ->
                                    line.startsWith("tps") || line.startsWith("latency") || line.contains("ERROR"))
                            .toList());
        } finally {
            Files.delete(script);
            Files.delete(output);
        }
    }

    private static String pgbenchScript(Sku sku) {
        StringBuilder script = new StringBuilder("begin;\nselect gen_random_uuid() as id \\gset\n");
        for (String sql : statements()) {
            String named = sql;
            named = named.replaceFirst("\\?", named.contains("select ?::uuid") ? "'k'" : "'" + sku.value() + "'");
            script.append(named.replaceFirst("\\?", ":id")).append(";\n");
        }
        return script.append("commit;\n").toString();
    }
}
