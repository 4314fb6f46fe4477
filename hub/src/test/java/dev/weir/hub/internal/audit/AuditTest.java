package dev.weir.hub.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.hub.internal.audit.Audit.Entry;
import dev.weir.hub.internal.audit.Audit.Note;
import dev.weir.hub.internal.audit.Audit.Page;
import dev.weir.hub.internal.audit.Audit.Wanted;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Is everything that people did in one order, whatever table it stands in, and does it stay? */
class AuditTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;

    private final String brand = "brand-" + UUID.randomUUID();
    private final Audit audit = new Audit(jdbc, Clock.fixed(NOON, ZoneOffset.UTC));

    @BeforeAll
    static void open() throws Exception {
        postgres = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        for (String file : List.of("V5_30__route_versions", "V6_4__mapping_override", "V6_7__audit")) {
            jdbc.sql(new ClassPathResource("db/migration/" + file + ".sql").getContentAsString(StandardCharsets.UTF_8))
                    .update();
        }
        jdbc.sql("insert into route_version (route, version, based_on, yaml, author, diff, verdict, at)"
                        + " values ('order-push', 1, 0, 'y', 'house/ops/ada', 'd', '{}', '2026-11-24T10:00:00Z')")
                .update();
        jdbc.sql("insert into route_decision (route, version, kind, by, at) values"
                        + " ('order-push', 1, 'APPROVED', 'house/operator/bo', '2026-11-24T10:01:00Z'),"
                        + " ('order-push', 1, 'APPLIED', 'house/ops/ada', '2026-11-24T10:02:00Z'),"
                        + " ('order-push', 0, 'ROLLED_BACK', 'house/ops/ada', '2026-11-24T10:03:00Z')")
                .update();
    }

    @AfterAll
    static void close() throws Exception {
        postgres.close();
    }

    @Test
    void actsOfAllTables_areOneList_newestFirst_withOneWordForEach() {
        map(1, "{}", "2026-11-24T11:00:00Z");
        map(2, null, "2026-11-24T11:30:00Z");
        note("w1");

        assertThat(list(new Wanted(brand, true, null, null)))
                .extracting(entry -> entry.act() + " " + entry.subject() + " " + entry.by())
                .containsExactly(
                        "WEBHOOK_REPLAYED w1 ops/demo",
                        "MAPPING_RESTORED shopify/order@2 Noor (ops/demo)",
                        "MAPPING_CHANGED shopify/order@1 Noor (ops/demo)",
                        "ROUTE_ROLLED_BACK order-push@0 ops/ada",
                        "ROUTE_APPLIED order-push@1 ops/ada",
                        "ROUTE_APPROVED order-push@1 operator/bo",
                        "ROUTE_PROPOSED order-push@1 ops/ada");
        assertThat(list(new Wanted(brand, true, Act.ROUTE_APPLIED, null)))
                .extracting(Entry::words)
                .containsExactly("written by ops/ada");
    }

    @Test
    void brand_seesWhatItDid_andRoutesOnlyWhenItKeepsTheHouse() {
        map(1, "{}", "2026-11-24T11:00:00Z");
        note("w1");

        assertThat(list(new Wanted(brand, false, null, null))).hasSize(2);
        assertThat(list(new Wanted("another-brand", false, null, null))).isEmpty();
        assertThat(list(new Wanted("another-brand", true, null, null))).hasSize(4);
    }

    @Test
    void pages_holdEachActOnce_thoughAllHappenedAtOnce() {
        for (int i = 0; i < 7; i++) {
            note("w" + i);
        }
        map(1, "{}", NOON.toString());
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            Page page = audit.list(new Wanted(brand, false, null, null), after, 3);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
            page.items().forEach(entry -> seen.add(entry.subject()));
            after = page.next();
            // What comes meanwhile is before the first page, and shifts none.
            map(seen.size() + 1, "{}", NOON.plusSeconds(60).toString());
        } while (after != null);

        assertThat(seen).containsExactlyInAnyOrder("w0", "w1", "w2", "w3", "w4", "w5", "w6", "shopify/order@1");
    }

    @Test
    void text_isFoundInAnyCase_andSignsOfPatternsAreNone() {
        note("100%_of");
        note("other");

        assertThat(list(new Wanted(brand, false, null, "%_OF"))).hasSize(1);
        assertThat(list(new Wanted(brand, false, null, "Replayed"))).hasSize(2);
        assertThat(list(new Wanted(brand, false, null, "OPS/DEMO"))).hasSize(2);
        assertThat(list(new Wanted(brand, false, Act.DRIFT_HEALED, "other"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "noon~audit~1", "~~", "2026-11-24T11:00:00Z~audit~\0"})
    void cursorThatNoPageGave_isRefused(String cursor) {
        assertThatThrownBy(() -> audit.list(new Wanted(brand, false, null, null), cursor, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after: " + cursor + " (expected: nextCursor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set by = 'nobody'",
                "delete from audit",
                "truncate audit",
                "update mapping_override set author = 'nobody'",
                "delete from mapping_override"
            })
    void whatWasDone_isNeitherChangedNorDeleted(String statement) {
        note("w1");
        map(1, "{}", "2026-11-24T11:00:00Z");

        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("is only added to");
        assertThat(list(new Wanted(brand, false, null, null))).hasSize(2);
    }

    @Test
    void longSubjectAndWords_areCut() {
        audit.note(brand, "ops/demo", new Note(Act.CONNECTION_CHANGED, "s".repeat(300), "w".repeat(900)));

        Entry entry = list(new Wanted(brand, false, null, null)).getFirst();
        assertThat(entry.subject()).hasSize(200);
        assertThat(entry.words()).hasSize(500);
    }

    private List<Entry> list(Wanted wanted) {
        return audit.list(wanted, null, 50).items();
    }

    private void note(String subject) {
        audit.note(brand, "ops/demo", new Note(Act.WEBHOOK_REPLAYED, subject, "shopify orders/create"));
    }

    private void map(int version, @Nullable String source, String at) {
        jdbc.sql("insert into mapping_override (brand, channel, name, version, source, author, at)"
                        + " values (?, 'shopify', 'order', ?, ?, 'Noor (ops/demo)', cast(? as timestamptz))")
                .params(brand, version, source, at)
                .update();
    }
}
