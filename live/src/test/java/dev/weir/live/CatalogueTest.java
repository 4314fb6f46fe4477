package dev.weir.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final LiveBench bench = new LiveBench();
    private final Catalogue catalogue = bench.live.catalogue();
    private final UUID shop = UUID.randomUUID();

    private Listing listing(String sku, String title, String id, String stockRef) {
        return new Listing(new Sku(sku), title, Money.of("3.00", "EUR"), null, id, stockRef, null);
    }

    @Test
    void listing_updatesTheProductAndIsFoundByEitherId() {
        catalogue.put(bench.brand, shop, listing("A", "Old", "v1", "i1"));
        catalogue.put(bench.brand, shop, listing("A", "New", "v1", "i2"));

        assertThat(catalogue.find(bench.brand, new Sku("A")))
                .map(Catalogue.Product::title)
                .contains("New");
        assertThat(catalogue.listings(shop)).containsExactly(listing("A", "New", "v1", "i2"));
        assertThat(catalogue.skuOf(shop, "v1")).contains(new Sku("A"));
        assertThat(catalogue.skuOf(shop, "i2")).contains(new Sku("A"));
        assertThat(catalogue.skuOf(shop, "i1")).isEmpty();
        assertThat(catalogue.skuOf(UUID.randomUUID(), "v1")).isEmpty();
    }

    @Test
    void variantWithANewSku_leavesTheOldOne() {
        catalogue.put(bench.brand, shop, listing("A", "T", "v1", "i1"));
        catalogue.put(bench.brand, shop, listing("B", "T", "v1", "i1"));

        assertThat(catalogue.listing(shop, new Sku("A"))).isEmpty();
        assertThat(catalogue.skuOf(shop, "v1")).contains(new Sku("B"));
    }

    @Test
    void pageOfListings_isPutAtOnce_evenWhereTwoVariantsSwappedTheirSkus() {
        catalogue.putAll(bench.brand, shop, List.of(listing("A", "One", "v1", "i1"), listing("B", "Two", "v2", "i2")));
        catalogue.putAll(bench.brand, shop, List.of(listing("A", "Two", "v2", "i2"), listing("B", "One", "v1", "i1")));

        assertThat(catalogue.listings(shop, List.of(new Sku("A"), new Sku("B"), new Sku("C"))))
                .containsExactlyInAnyOrder(listing("A", "Two", "v2", "i2"), listing("B", "One", "v1", "i1"));
        assertThat(catalogue.find(bench.brand, List.of(new Sku("A"), new Sku("C"))))
                .extracting(Catalogue.Product::title)
                .containsExactly("Two");
    }

    @Test
    void idsOfAShopThatFollows_leaveTheProductAsItIs() {
        catalogue.put(bench.brand, shop, listing("A", "Newest", "v1", "i1"));
        UUID follower = UUID.randomUUID();

        catalogue.putIds(bench.brand, follower, List.of(listing("A", "Older", "x1", "y1")));

        assertThat(catalogue.find(bench.brand, new Sku("A")))
                .map(Catalogue.Product::title)
                .contains("Newest");
        assertThat(catalogue.listing(follower, new Sku("A")))
                .map(Listing::externalId)
                .contains("x1");
    }

    @Test
    void list_pagesInOrderOfSku() {
        for (String sku : new String[] {"b", "A", "c", "B"}) {
            catalogue.put(bench.brand, shop, listing(sku, "T", "v" + sku, "i" + sku));
        }

        assertThat(catalogue.list(bench.brand, "", 2))
                .extracting(p -> p.sku().value())
                .containsExactly("A", "B");
        assertThat(catalogue.list(bench.brand, "B", 2))
                .extracting(p -> p.sku().value())
                .containsExactly("b", "c");
        assertThat(catalogue.list(bench.brand, "c", 2)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> catalogue.list(bench.brand, "", 501));
    }

    @Test
    void search_findsWordsInSkuAndTitle_literally() {
        catalogue.put(bench.brand, shop, listing("MUG-1", "Breakfast mug", "v1", "i1"));
        catalogue.put(bench.brand, shop, listing("BOWL-1", "Bowl, 100% MUG clay", "v2", "i2"));
        catalogue.put(bench.brand, shop, listing("JUG-1", "Jug", "v3", "i3"));

        assertThat(catalogue.search(bench.brand, "mug", "", 5))
                .extracting(p -> p.sku().value())
                .containsExactly("BOWL-1", "MUG-1");
        assertThat(catalogue.search(bench.brand, "mug", "BOWL-1", 5)).hasSize(1);
        assertThat(catalogue.search(bench.brand, "%", "", 5)).hasSize(1);
    }
}
