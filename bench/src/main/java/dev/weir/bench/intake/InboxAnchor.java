package dev.weir.bench.intake;

import dev.weir.bench.rig.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * What does the demo's own PostgreSQL do at most with the same row? pgbench over its own connections: the statement of the intake,
 * with its row of the inbox and its row of the outbox, and a commit for each. Its rows are marked as done, so that nobody handles
 * them, and are deleted at the end.
 */
public final class InboxAnchor implements AutoCloseable {
    private static final String BRAND = "bench";

    private final int port;
    private final Connection connection;

    private InboxAnchor(int port, Connection connection) {
        this.port = port;
        this.connection = connection;
    }

    /** On the server that the demo with its facts in {@code demo} has embedded. */
    public static InboxAnchor of(Path demo) throws IOException, SQLException {
        Path pid = demo.toAbsolutePath().resolveSibling("postgres").resolve("postmaster.pid");
        int port = Integer.parseInt(Files.readAllLines(pid).get(3).strip());
        Properties user = new Properties();
        user.setProperty("user", "postgres");
        return new InboxAnchor(
                port, DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", user));
    }

    /** Rows a second. */
    public double pgbench(int clients, int seconds) throws IOException, InterruptedException {
        Path script = Files.createTempFile("inbox", ".sql");
        Path output = Files.createTempFile("pgbench", ".txt");
        try {
            Files.writeString(script, statement(Platform.body()));
            String printed = Child.output(
                    "pgbench",
                    output,
                    List.of(
                            "pgbench",
                            "-n",
                            "-M",
                            "prepared",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
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
                            "postgres"));
            return printed.lines()
                    .filter(line -> line.startsWith("tps = "))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ", 4)[2]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("pgbench: no tps (expected: one) in " + printed));
        } finally {
            Files.delete(script);
            Files.deleteIfExists(output);
        }
    }

    /** Waits until the hub has handled what it took, at most so long; how many it had not at the beginning. */
    public long awaitHandled(int seconds) throws SQLException, InterruptedException {
        long first = unhandled();
        for (int i = 0; i < seconds && unhandled() > 0; i++) {
            TimeUnit.SECONDS.sleep(1);
        }
        return first;
    }

    private long unhandled() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from inbox where state = 'RECEIVED'")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("delete from inbox where brand = '" + BRAND + "'");
            statement.execute("delete from outbox where brand = '" + BRAND + "'");
        }
    }

    private static String statement(String body) {
        return """
                with stored as (
                    insert into inbox (id, connection_id, brand, channel, delivery_id, topic, aggregate_key, headers, query,
                                       body, received_at, state, done_at)
                    values (gen_random_uuid(), '00000000-0000-4000-8000-00000000be4c', 'bench', 'shopify',
                            gen_random_uuid()::text, 'app/scopes_update', gen_random_uuid()::text,
                            cast('{"host": "localhost:8080", "content-type": "application/json", "content-length": "1600",
                              "x-shopify-topic": "app/scopes_update", "x-shopify-api-version": "2026-10",
                              "x-shopify-shop-domain": "weir-demo.myshopify.com",
                              "x-shopify-webhook-id": "3b241101-e2bb-4255-8caf-4136c566a962",
                              "x-shopify-hmac-sha256": "XWmrwMey6OsLMeiZKwP4FppHH3cmAiiJJAweH5Jo4bM="}' as jsonb),
                            '', convert_to('%s', 'UTF8'), now(), 'IGNORED', now())
                    on conflict do nothing
                    returning id),
                told as (
                    insert into outbox (brand, topic, key, type, payload, at, sent_at)
                    select 'bench', 'weir.inbox.v1', id || '/7', 'WebhookStored', jsonb_build_object('inboxId', id), now(),
                           now() from stored)
                select id from stored;
                """.formatted(body);
    }
}
