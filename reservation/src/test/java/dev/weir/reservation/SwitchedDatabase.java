package dev.weir.reservation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The real database behind a switch, with a count of the connections asked for. */
final class SwitchedDatabase extends DelegatingDataSource {
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean away;

    SwitchedDatabase(DataSource real) {
        super(real);
    }

    @Override
    public Connection getConnection() throws SQLException {
        asked.incrementAndGet();
        if (away) {
            throw new SQLException("connection refused", "08001");
        }
        return super.getConnection();
    }
}
