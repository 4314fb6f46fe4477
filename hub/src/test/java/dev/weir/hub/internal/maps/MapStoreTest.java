package dev.weir.hub.internal.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.mapping.BrokenMap;
import dev.weir.connectors.mapping.MapName;
import dev.weir.connectors.mapping.MapText;
import dev.weir.connectors.mapping.Mappings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Do brands' maps reach every hub, keep their past, and survive a bad edit and a database that is away? */
class MapStoreTest {
    private static final MapName ORDER = new MapName("shopify", "order");
    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;

    private final String brand = "brand-" + UUID.randomUUID();
    private final MapStore here = new MapStore(jdbc, Clock.systemUTC());
    private final MapStore there = new MapStore(jdbc, Clock.systemUTC());

    @BeforeAll
    static void open() throws Exception {
        postgres = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        jdbc.sql(new ClassPathResource("db/migration/V6_4__mapping_override.sql")
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();
    }

    @AfterAll
    static void close() throws Exception {
        postgres.close();
    }

    @Test
    void savedMap_isInForceHereAtOnce_andOnAnotherHubWithinSeconds() {
        assertThat(there.find(brand, ORDER)).isEmpty();

        here.save(brand, ORDER, "{\"by\": \"us\"}", "ada", null, null);

        assertThat(here.find(brand, ORDER)).hasValue(new MapText(MapText.Origin.BRAND, "1", "{\"by\": \"us\"}"));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(there.find(brand, ORDER)).isPresent());
        assertThat(here.find("another-brand", ORDER)).isEmpty();
    }

    @Test
    void mapInForce_isTheOneThatIsApplied_forItsBrandAlone() {
        Mappings mappings = new Mappings(null, here);
        here.save(brand, ORDER, "{\"by\": \"us\"}", "ada", null, null);
        Connection own = new Connection(UUID.randomUUID(), brand, "shopify", "Own", Map.of());

        assertThat(mappings.apply(own, "order", JsonNodeFactory.instance.objectNode()))
                .hasToString("{\"by\":\"us\"}");
        assertThat(mappings.inForce("another-brand", ORDER).orElseThrow().origin())
                .isEqualTo(MapText.Origin.SHIPPED);
    }

    @Test
    void brokenMap_isRefusedWithItsPlace_andTheOneBeforeStaysInForce() {
        here.save(brand, ORDER, "{\"by\": \"us\"}", "ada", null, null);

        assertThatThrownBy(() -> here.save(brand, ORDER, "{\n\"by\": }", "ada", null, null))
                .isInstanceOf(BrokenMap.class)
                .hasMessageStartingWith("source: line 2, column 7: ");

        assertThat(here.find(brand, ORDER).orElseThrow().version()).isEqualTo("1");
        assertThat(here.versions(brand, ORDER)).hasSize(1);
    }

    @Test
    void everyChange_keepsTheOlderVersions_andGivingUpIsOneToo() {
        here.save(brand, ORDER, "1", "ada", "first", null);
        here.save(brand, ORDER, "2", "bo", null, 1);
        here.save(brand, ORDER, null, "ada", null, 2);

        assertThat(here.find(brand, ORDER)).isEmpty();
        assertThat(here.versions(brand, ORDER))
                .extracting(MapStore.Version::version)
                .containsExactly(3, 2, 1);
        assertThat(here.version(brand, ORDER, 1).orElseThrow().note()).isEqualTo("first");
        assertThat(here.version(brand, ORDER, 2).orElseThrow().author()).isEqualTo("bo");
        assertThat(here.names(brand)).containsExactly(ORDER);
    }

    @Test
    void changeOfAVersionThatIsNoLongerTheNewest_isAConflict() {
        here.save(brand, ORDER, "1", "ada", null, 0);

        assertThatThrownBy(() -> there.save(brand, ORDER, "2", "bo", null, 0))
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONFLICT))
                .hasMessage("shopify/order: version 1 is there meanwhile (expected: 0)");
    }

    @Test
    void hubThatCannotReachTheDatabase_keepsWhatItKnew_andGuessesNothingBeforeThat() throws Exception {
        try (EmbeddedPostgres mortal = EmbeddedPostgres.start()) {
            JdbcClient line = JdbcClient.create(mortal.getPostgresDatabase());
            MapStore blind = new MapStore(line, Clock.systemUTC());
            assertThatThrownBy(() -> blind.find(brand, ORDER))
                    .isInstanceOfSatisfying(
                            ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TRANSIENT));
            line.sql(new ClassPathResource("db/migration/V6_4__mapping_override.sql")
                            .getContentAsString(StandardCharsets.UTF_8))
                    .update();
            MapStore knowing = new MapStore(line, Clock.systemUTC());
            knowing.save(brand, ORDER, "1", "ada", null, null);
            long saved = System.nanoTime();
            line.sql("alter table mapping_override rename to gone").update();

            await().pollDelay(Duration.ofMillis(2_100)).until(() -> System.nanoTime() - saved > 2_000_000_000L);
            assertThat(knowing.find(brand, ORDER).orElseThrow().version()).isEqualTo("1");
        }
    }
}
