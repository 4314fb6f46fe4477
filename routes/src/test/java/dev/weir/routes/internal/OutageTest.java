package dev.weir.routes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;

/** What is the database's trouble, and what the delivery's. */
class OutageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "25006", "28P01", "40001", "42501", "53100", "53300", "55P03", "57014", "57P01", "58030"
            })
    void databaseThatRefusesEverything_isAway(String code) {
        assertThat(Outage.isOne(failure(code))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P02", "23505", "54000"})
    void rowThatCannotBeStored_isNoOutage_andLeavesTheOthersAlone(String code) {
        assertThat(Outage.isOne(failure(code))).isFalse();
        assertThat(Outage.mayGoAlone(failure(code))).isTrue();
    }

    @Test
    void poolWithoutAConnection_isAnOutage() {
        var failure = new CannotGetJdbcConnectionException("none", new SQLTransientConnectionException("timed out"));
        assertThat(Outage.isOne(failure)).isTrue();
        assertThat(Outage.mayGoAlone(failure)).isFalse();
    }

    @Test
    void twoHubsThatTakeTheSameInAnotherOrder_haveOneTakeItSingly() {
        assertThat(Outage.mayGoAlone(failure("40P01"))).isTrue();
    }

    private static RuntimeException failure(String code) {
        return new UncategorizedSQLException("insert", null, new SQLException("refused", code));
    }
}
