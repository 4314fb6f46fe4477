package dev.weir.routes.internal;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Is the database away, or does it refuse this one thing? By the class of its
 * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error code</a>.
 */
final class Outage {
    /** Values it cannot take, constraints, limits. Whatever else it says (read-only, full, shutting down) is not about the row. */
    private static final Set<String> ABOUT_THE_ROW = Set.of("22", "23", "54");

    private static final String ROLLED_BACK = "40";

    private Outage() {}

    /** True when the same may go well later, unchanged. */
    static boolean isOne(Throwable failure) {
        String kind = kind(failure);
        return kind == null
                ? failure instanceof DataAccessResourceFailureException
                        || failure instanceof TransientDataAccessException
                        || failure instanceof RecoverableDataAccessException
                        || failure instanceof CannotCreateTransactionException
                : !ABOUT_THE_ROW.contains(kind);
    }

    /** True when rows that failed together may go well one by one, at once: one spoilt it for all, or two hubs took the same in another order. */
    static boolean mayGoAlone(Throwable failure) {
        return !isOne(failure) || ROLLED_BACK.equals(kind(failure));
    }

    /** The first two letters of the code; null where the database said nothing. */
    private static @Nullable String kind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().length() == 5) {
                return sql.getSQLState().substring(0, 2);
            }
        }
        return null;
    }
}
