package dev.weir.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Order.State;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database itself refuses, whatever the code above it does. */
class JournalTest {
    private final OrdersBench bench = new OrdersBench();

    @BeforeEach
    void oneBookedOrder() {
        bench.book.take(bench.brand, bench.shop, bench.order("1", State.PAID, 1));
    }

    @Test
    void unbalancedEntry_isRefusedAtCommit() {
        assertThatThrownBy(() -> post(100, -99, "EUR")).hasStackTraceContaining("sums to EUR 1 in minor units");
        assertThatThrownBy(() -> post(100, -100, "USD")).hasStackTraceContaining("expected: 0 per currency");
        post(100, -100, "EUR");
        assertThat(bench.orders.gmv().imbalance()).isEmpty();
    }

    @Test
    void entryWithoutPostings_isRefused() {
        assertThatThrownBy(() -> entry(UUID.randomUUID())).hasStackTraceContaining("has no postings");
    }

    @Test
    void postingAddedLater_isRefused() {
        assertThatThrownBy(() ->
                        bench.jdbc.sql("""
                                insert into posting (entry_id, position, account, amount_minor, currency, channel)
                                select id, 99, 'sales', 1, 'EUR', 'x' from journal_entry where order_id = :order""").param("order", bench.only().id()).update())
                .hasStackTraceContaining("expected: 0 per currency");
    }

    @Test
    void journal_isAppendOnly() {
        for (String sql : new String[] {
            "update posting set amount_minor = 0",
            "delete from posting",
            "delete from journal_entry",
            "update journal_entry set kind = 'sale'",
            "truncate posting"
        }) {
            assertThatThrownBy(() -> bench.jdbc.sql(sql).update())
                    .hasStackTraceContaining("refused (expected: a new entry");
        }
    }

    @Test
    void secondEntryOfAKey_isRefused() {
        assertThatThrownBy(() ->
                        bench.jdbc.sql("""
                                insert into journal_entry select gen_random_uuid(), brand, order_id, kind,
                                  idempotency_key, at, recorded_at from journal_entry where order_id = :order""").param("order", bench.only().id()).update())
                .hasStackTraceContaining("journal_entry_idempotency_key_key");
    }

    private void post(long debit, long credit, String creditCurrency) {
        UUID id = UUID.randomUUID();
        bench.transaction.executeWithoutResult(status -> {
            entry(id);
            bench.jdbc
                    .sql("""
                            insert into posting (entry_id, position, account, amount_minor, currency, channel) values
                            (:id, 0, 'receivable:x', :debit, 'EUR', 'x'), (:id, 1, 'sales', :credit, :currency, 'x')""")
                    .param("id", id)
                    .param("debit", debit)
                    .param("credit", credit)
                    .param("currency", creditCurrency)
                    .update();
        });
    }

    private void entry(UUID id) {
        bench.jdbc
                .sql("""
                        insert into journal_entry values (:id, :brand, :order, 'sale', :key, now(), now())""")
                .param("id", id)
                .param("brand", bench.brand)
                .param("order", bench.only().id())
                .param("key", "test/" + id)
                .update();
    }
}
