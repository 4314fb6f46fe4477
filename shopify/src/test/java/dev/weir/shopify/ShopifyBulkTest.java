package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxProduct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How does a large catalogue come in: by one bulk operation, in pieces, and on from where it stopped? */
class ShopifyBulkTest extends ShopifyStories {
    @Test
    void catalogueOfThousands_comesInWhole_inPagesOf250() {
        seed(3_000);
        List<Integer> sizes = new ArrayList<>();
        Set<Sku> all = new HashSet<>();

        port().read(null, (page, next) -> {
            sizes.add(page.size());
            page.forEach(listing -> all.add(listing.sku()));
            assertThat(next).startsWith("bulk:");
        });

        assertThat(all).hasSize(3_003);
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(CatalogueRead.PAGE));
    }

    @Test
    void bulkAndPages_tellTheSame() {
        List<Listing> bulk = new ArrayList<>();
        port().readAll(bulk::add);

        assertThat(bulk).containsExactlyInAnyOrderElementsOf(bench.listings().values());
    }

    @Test
    void readingThatDies_goesOnBehindItsLastCursor() {
        seed(1_200);
        List<Sku> seen = new ArrayList<>();
        Stopped stopped = new Stopped();

        try {
            port().read(null, (page, next) -> {
                if (seen.size() >= 500) {
                    throw stopped;
                }
                page.forEach(listing -> seen.add(listing.sku()));
                stopped.cursor = next;
            });
        } catch (Stopped died) {
            assertThat(died.cursor).isNotNull();
        }
        int before = seen.size();
        port().read(stopped.cursor, (page, next) -> page.forEach(listing -> seen.add(listing.sku())));

        assertThat(before).isBetween(500, 750);
        assertThat(seen).hasSize(1_203).doesNotHaveDuplicates();
        assertThat(operations()).isEqualTo(1);
    }

    @Test
    void readingThatDiesWhileTheShopWorks_joinsItsOperation() {
        bench.platform().flip("bulk-slow", true);
        Stopped stopped = new Stopped();
        try {
            port().read(null, (page, next) -> {
                stopped.cursor = next;
                throw stopped;
            });
        } catch (Stopped died) {
            assertThat(died.cursor).isNotNull();
        }

        List<Listing> found = new ArrayList<>();
        port().read(null, (page, next) -> {
            bench.platform().flip("bulk-slow", false);
            found.addAll(page);
        });

        assertThat(found).hasSize(3);
        assertThat(operations()).isEqualTo(1);
    }

    @Test
    void lostAnswerToTheStart_beginsNoSecondOperation() {
        bench.server().loseAnswer(Pattern.compile("bulkOperationRunQuery\\("));

        List<Listing> found = new ArrayList<>();
        port().readAll(found::add);

        assertThat(found).hasSize(3);
        assertThat(operations()).isEqualTo(1);
    }

    @Test
    void hostThatIgnoresRanges_isUnderstood_fromAnyCursor() {
        seed(600);
        bench.platform().flip("result-without-ranges", true);
        List<String> cursors = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        port().read(null, (page, next) -> {
            cursors.add(next);
            sizes.add(page.size());
        });

        List<Listing> rest = new ArrayList<>();
        port().read(cursors.get(1), (page, next) -> rest.addAll(page));

        assertThat(sizes).containsExactly(0, 250, 250, 103);
        assertThat(rest).hasSize(353);
    }

    @Test
    void cursorOfAResultThatIsGone_beginsAnew() {
        List<Listing> found = new ArrayList<>();

        port().read("bulk:6000000000999:77", (page, next) -> found.addAll(page));

        assertThat(found).hasSize(3);
    }

    @Test
    void operationThatFails_isTransient_andOneThatFindsNoPlaceIsToWait() {
        bench.platform().flip("bulk-fails", true);
        refused(Fault.TRANSIENT, () -> port().readAll(each -> {}));
        bench.platform().flip("bulk-fails", false);

        bench.platform().flip("bulk-busy", true);
        assertThat(refused(Fault.THROTTLED, () -> port().readAll(each -> {})).retryAfter())
                .isNotNull();
    }

    @Test
    void cursorThatIsNone_isRefusedByName() {
        assertThat(refused(Fault.REJECTED, () -> port().read("yesterday", (page, next) -> {})))
                .hasMessageContaining("cursor: yesterday");
    }

    private void seed(int count) {
        List<SandboxProduct> many = IntStream.range(0, count)
                .mapToObj(number -> ChannelBench.product("MANY-" + number, "One of many “" + number + "”", 500, 1))
                .toList();
        bench.platform().seed(many);
    }

    private CatalogueRead port() {
        Connection large = with(Map.of("pagedUpTo", "0"));
        return bench.channel().catalogueRead(large);
    }

    private long operations() {
        return Sandboxes.count(bench, "bulkOperations(first: 50) { nodes { id } }", "bulkOperations");
    }

    private static final class Stopped extends RuntimeException {
        private @Nullable String cursor;

        Stopped() {
            super("the process dies here", null, false, false);
        }
    }
}
