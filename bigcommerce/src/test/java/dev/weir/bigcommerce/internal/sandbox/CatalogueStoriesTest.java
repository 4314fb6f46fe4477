package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Is the whole catalogue read, whatever happens to it meanwhile? */
class CatalogueStoriesTest extends Stories {
    @Test
    void productThatIsAdded_whilePagesAreRead_isNotMissed_andShiftsNothing() {
        Connection small = with(Map.of("productsPerPage", "2"));
        List<String> read = new ArrayList<>();

        bench.channel().catalogueRead(small).read(null, (listings, next) -> {
            listings.forEach(each -> read.add(each.sku().value()));
            if (read.size() == 2) {
                shop.seed(List.of(ChannelBench.product("LATE-01", "Late", 100, 1)));
            }
        });

        assertThat(read).containsExactly("TEE-RED-M", "MUG-01", "CAP-BLUE", "LATE-01");
    }

    @Test
    void changes_areThoseSinceTheLastAnswersTime_less1Second() {
        clock.move(Duration.ofMinutes(5));
        List<String> changed = new ArrayList<>();
        Instant next = bench.channel()
                .catalogueChanges(bench.connection())
                .readSince(clock.instant(), each -> changed.add(each.sku().value()));
        assertThat(changed).isEmpty();
        assertThat(next).isEqualTo(clock.instant().minusSeconds(1));

        bench.channel()
                .stockWrite(bench.connection())
                .write(List.of(new StockWrite.Target(new StockLevel(MUG, 1, 1), listing(MUG))));
        bench.channel()
                .catalogueChanges(bench.connection())
                .readSince(next, each -> changed.add(each.sku().value()));

        assertThat(changed).containsExactly("MUG-01");
    }

    @Test
    void variant_ofManyThatShareOneNumber_isListedWithItsOptions_andWithoutAStockRecord() {
        Listing listing = mapped("""
                {"currency": "EUR", "price": "24.00", "variants": 2,
                 "product": {"id": 7, "name": "Tee", "inventory_tracking": "product", "inventory_level": 4},
                 "variant": {"id": 71, "sku": "TEE-M", "image_url": "https://cdn.example/m.png",
                   "option_values": [{"option_display_name": "Size", "label": "M"}, {"label": "Red"}]}}""");

        assertThat(listing.title()).isEqualTo("Tee, M, Red");
        assertThat(listing.price()).isEqualTo(Money.of("24.00", "EUR"));
        assertThat(listing.stockRef()).isNull();
        assertThat(listing.onHand()).isNull();
        assertThat(listing.imageUrl()).hasToString("https://cdn.example/m.png");
    }

    @Test
    void level_belowNothing_isNone() {
        Listing listing = mapped("""
                {"currency": "EUR", "price": "24.00", "variants": 1,
                 "product": {"id": 7, "name": "Tee", "inventory_tracking": "variant"},
                 "variant": {"id": 71, "sku": "TEE-M", "inventory_level": -3}}""");

        assertThat(listing.onHand()).isZero();
        assertThat(listing.stockRef()).isEqualTo("variant:71");
    }

    private static Listing mapped(String json) {
        try {
            JsonNode item = new JsonMapper().readTree(json);
            return Canonical.listing(new Mappings(null).apply("bigcommerce", "listing", item));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
