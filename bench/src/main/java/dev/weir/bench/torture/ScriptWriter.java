package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.bench.torture.Script.Purchase;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which webhooks are there, for a seed? Of a hundred stories about 45 are orders at Shopify, 25 at TikTok Shop, 12 at BigCommerce, 13
 * comments under an Instagram live, 5 news of Shopify's own stock and products. Of ten orders four hear nothing more, two are called
 * off, two refunded, one leaves the house, one is stated again.
 */
final class ScriptWriter implements AutoCloseable {
    /** Deliveries of BigCommerce may be 50 hours old, and none may be ahead by more than five minutes. */
    private static final Duration LONG_AGO = Duration.ofHours(40);
    /** A comment counts for the show that was on air then; the show begins when the script is long written. */
    private static final Duration LATER = Duration.ofHours(2);
    /** A number that the hub never wrote itself. */
    private static final int BY_HAND = 500_000;

    private static final int WEBHOOKS_TO_A_PURCHASE = 100;

    private final Random random;
    private final SteppingClock clock =
            new SteppingClock(Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(LONG_AGO));
    private final StandIns standIns = new StandIns(clock).start();
    private final Signer signer = new Signer(standIns, clock);
    private final List<Webhook> webhooks = new ArrayList<>();
    private final List<Story> stories;

    private ScriptWriter(long seed) {
        random = new Random(seed);
        standIns.seed(List.of(StandIns.SHOPIFY, StandIns.TIKTOK, StandIns.BIGCOMMERCE));
        stories = List.of(
                new ShopifyStory(standIns, signer, clock, random),
                new TikTokStory(standIns, signer, clock, random),
                new BigCommerceStory(standIns, signer, clock, random));
    }

    /** So many webhooks; the same for a seed but for its times. */
    static Script write(int count, long seed) {
        try (ScriptWriter writer = new ScriptWriter(seed)) {
            while (writer.webhooks.size() < count) {
                writer.clock.step();
                writer.next();
            }
            List<Purchase> unheard = new ArrayList<>();
            for (int i = 0; i < Math.max(1, count / WEBHOOKS_TO_A_PURCHASE); i++) {
                unheard.add(
                        new Purchase(StandIns.sku(writer.random.nextInt(StandIns.SKUS)), 1 + writer.random.nextInt(2)));
            }
            return new Script(writer.webhooks.subList(0, count), unheard);
        }
    }

    private void next() {
        int dice = random.nextInt(100);
        if (dice < 45) {
            stories.get(0).order(webhooks);
        } else if (dice < 70) {
            stories.get(1).order(webhooks);
        } else if (dice < 82) {
            stories.get(2).order(webhooks);
        } else if (dice < 95) {
            comment();
        } else {
            news();
        }
    }

    private void comment() {
        int number = webhooks.size();
        String id = Long.toString(17_900_000_000_000_000L + number);
        ObjectNode value = SandboxStore.document();
        value.putObject("from").put("id", "10" + number).put("username", "viewer-" + number);
        value.putObject("media").put("id", "18000000000000001").put("media_product_type", "LIVE");
        value.put("id", id).put("text", "number " + number + ", what a glaze!");
        ObjectNode body = SandboxStore.document().put("object", "instagram");
        ObjectNode entry = body.putArray("entry")
                .addObject()
                .put("id", "17841400000000001")
                .put("time", clock.instant().plus(LONG_AGO).plus(LATER).getEpochSecond());
        entry.putArray("changes").addObject().put("field", "live_comments").set("value", value);
        add(StandIns.INSTAGRAM, "comment " + id, signer.meta(body));
    }

    /** Somebody sets a number at the brand's own shop, or changes a product there without a difference that we keep. */
    private void news() {
        List<ObjectNode> items = standIns.store(StandIns.SHOPIFY).list("items");
        ObjectNode item = items.get(random.nextInt(items.size()));
        if (random.nextBoolean()) {
            ObjectNode level = SandboxStore.document()
                    .put("inventory_item_id", item.path("item").asLong())
                    .put("location_id", 75_596_366_001L)
                    .put("available", BY_HAND + webhooks.size())
                    .put("updated_at", clock.instant().toString());
            add(
                    StandIns.SHOPIFY,
                    "stock of " + item.path("sku").asText(),
                    signer.shopify("inventory_levels/update", level));
        } else {
            ObjectNode product = SandboxStore.document()
                    .put("id", item.path("product").asLong())
                    .put("updated_at", clock.instant().toString());
            add(
                    StandIns.SHOPIFY,
                    "product of " + item.path("sku").asText(),
                    signer.shopify("products/update", product));
        }
    }

    private void add(String channel, String about, SandboxDelivery delivery) {
        webhooks.add(new Webhook(channel, about, delivery, List.of()));
    }

    @Override
    public void close() {
        standIns.close();
    }
}
