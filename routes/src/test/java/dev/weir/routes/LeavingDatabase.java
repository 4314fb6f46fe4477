package dev.weir.routes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that cannot be reached while {@link #away} is set. */
final class LeavingDatabase extends DelegatingDataSource {
    volatile boolean away;

    LeavingDatabase(DataSource database) {
        super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (away) {
            throw new SQLTransientConnectionException("the database is away", "08001");
        }
        return super.getConnection();
    }
}
