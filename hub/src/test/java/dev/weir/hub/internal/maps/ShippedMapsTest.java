package dev.weir.hub.internal.maps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.mapping.MapName;
import dev.weir.connectors.mapping.MapText;
import dev.weir.connectors.mapping.Mappings;
import org.junit.jupiter.api.Test;

/** Does every map and table that ships compile, and is it found wherever it lies? */
class ShippedMapsTest {
    @Test
    void everyShippedMap_isFoundAndCompiles() {
        Mappings mappings = new Mappings(null);

        assertThat(MapCatalog.shipped())
                .contains(
                        new MapName("shopify", "order"),
                        new MapName("magento", "listing"),
                        new MapName("tiktok-shop", "order"),
                        new MapName("instagram", "item"))
                .allSatisfy(name -> Mappings.check(
                        name, mappings.shipped(name).map(MapText::text).orElseThrow()));
    }

    @Test
    void mapsOfAChannel_areItsFieldMapsAlone() {
        assertThat(MapCatalog.maps("shopify")).contains("order", "order-webhook", "listing");
        assertThat(MapCatalog.maps("nowhere")).isEmpty();
    }
}
