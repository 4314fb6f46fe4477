package dev.weir.reservation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.reservation.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Statements that travel together: each hears its own answer, and one that fails takes all with it. */
class JourneyTest {
    private final JdbcTemplate jdbc = new JdbcTemplate(Servers.database());
    private final TransactionTemplate transaction =
            new TransactionTemplate(new DataSourceTransactionManager(Servers.database()));

    @Test
    void answers_comeToTheirOwnStatements_inOrder() {
        List<String> heard = new ArrayList<>();
        AtomicInteger changed = new AtomicInteger();
        transaction.executeWithoutResult(status -> {
            jdbc.execute("create temporary table travelled (n integer) on commit drop");
            new Journey()
                    .ask("select ?::text as word", row -> heard.add(row.getString("word")), "first")
                    .change("insert into travelled select unnest(?::integer[])", changed::set, (Object)
                            new Integer[] {7, 8})
                    .ask("select n from travelled order by n", row -> heard.add(row.getString("n")))
                    .ask("select 1 where false", row -> heard.add("nothing"))
                    .ask("select ?::text as word", row -> heard.add(String.valueOf(row.getString("word"))), (Object)
                            null)
                    .go(jdbc);
        });

        assertThat(heard).containsExactly("first", "7", "8", "null");
        assertThat(changed).hasValue(2);
    }

    @Test
    void oneThatFails_undoesThoseBeforeIt() {
        jdbc.execute("create table if not exists stayed_home (n integer)");

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> new Journey()
                        .change("insert into stayed_home values (1)", count -> {})
                        .ask("select 1 / 0", row -> {})
                        .go(jdbc)))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> new Journey()
                        .change("insert into stayed_home values (1)", count -> {
                            throw new IllegalStateException("count: " + count);
                        })
                        .go(jdbc)))
                .hasMessage("count: 1");

        assertThat(jdbc.queryForObject("select count(*) from stayed_home", Integer.class))
                .isZero();
    }
}
