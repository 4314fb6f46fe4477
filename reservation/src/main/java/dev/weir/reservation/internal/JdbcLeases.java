package dev.weir.reservation.internal;

import dev.weir.reservation.Leases;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** One statement decides, by the database's clock. */
public final class JdbcLeases implements Leases {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String UNTIL = "clock_timestamp() + ? * interval '1 millisecond'";
    private static final String TAKE = "insert into lease as l (name, holder, term, until) values (?, ?, 1, " + UNTIL
            + ") on conflict (name) do update set holder = excluded.holder, until = excluded.until,"
            + " term = case when l.holder = excluded.holder then l.term else l.term + 1 end"
            + " where l.holder = excluded.holder or l.until <= clock_timestamp() returning term";
    private static final String STANDS = "select count(*) from (select 1 from lease"
            + " where name = ? and holder = ? and term = ? and until > clock_timestamp() for share) standing";
    private static final String RELEASE =
            "update lease set until = clock_timestamp() where name = ? and holder = ? and term = ?";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;

    /** {@code own} starts a transaction of its own. */
    public JdbcLeases(Ledger ledger, TransactionTemplate own) {
        this.jdbc = ledger.jdbc();
        this.own = own;
    }

    @Override
    public Optional<Lease> take(String name, String holder, Duration lasts) {
        if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lasts: " + lasts + " (expected: " + SHORTEST + ".." + LONGEST + ")");
        }
        return Optional.ofNullable(own.execute(status -> {
            var term = jdbc.query(TAKE, (rs, n) -> rs.getLong("term"), name, holder, lasts.toMillis());
            return term.isEmpty() ? null : new Lease(name, holder, term.getFirst());
        }));
    }

    @Override
    public boolean stands(Lease lease) {
        Integer standing = jdbc.queryForObject(STANDS, Integer.class, lease.name(), lease.holder(), lease.term());
        return standing != null && standing == 1;
    }

    @Override
    public void release(Lease lease) {
        jdbc.update(RELEASE, lease.name(), lease.holder(), lease.term());
    }
}
