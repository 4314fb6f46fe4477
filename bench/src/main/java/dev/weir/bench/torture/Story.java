package dev.weir.bench.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxPlatform.Sale;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** What becomes of an order at one channel? The sale is the stand-in's own, and so is its signature. */
abstract class Story {
    private static final ObjectMapper JSON = new ObjectMapper();

    final StandIns standIns;
    final Signer signer;
    final Random random;
    private final SteppingClock clock;
    private final String channel;

    Story(String channel, StandIns standIns, Signer signer, SteppingClock clock, Random random) {
        this.channel = channel;
        this.standIns = standIns;
        this.signer = signer;
        this.clock = clock;
        this.random = random;
    }

    /** A sale, and perhaps what follows it. */
    final void order(List<Webhook> webhooks) {
        Sale sale = standIns.platform(channel).buy(StandIns.sku(random.nextInt(StandIns.SKUS)), 1 + random.nextInt(3));
        SandboxDelivery delivery = Objects.requireNonNull(sale.delivery(), channel);
        webhooks.add(new Webhook(channel, "sale " + sale.orderId(), delivery, placed(sale.orderId())));
        clock.step();
        switch (random.nextInt(10)) {
            case 0, 1 -> webhooks.add(calledOff(sale));
            case 2, 3 -> webhooks.add(refunded(sale));
            case 4 -> webhooks.add(shipped(sale));
            case 5 -> webhooks.add(statedAgain(sale));
            default -> {
                // Nothing more is heard of it.
            }
        }
    }

    /** What the stand-in shows of a fresh order; empty where the webhook says it all. */
    abstract List<Webhook.Shown> placed(String order);

    abstract Webhook calledOff(Sale sale);

    abstract Webhook refunded(Sale sale);

    abstract Webhook shipped(Sale sale);

    abstract Webhook statedAgain(Sale sale);

    final Webhook webhook(String what, Sale sale, SandboxDelivery delivery, List<Webhook.Shown> shown) {
        return new Webhook(channel, what + " " + sale.orderId(), delivery, shown);
    }

    final Webhook.Shown shown(String collection, String id, int version, ObjectNode document) {
        return new Webhook.Shown(channel, collection, id, version, document);
    }

    /** The stand-in's own document. */
    final ObjectNode kept(String collection, String id) {
        return Objects.requireNonNull(standIns.store(channel).get(collection, id), id);
    }

    final Instant now() {
        return clock.instant();
    }

    /** The price of one unit less a cent or two: what goes back need not be a line's amount. */
    final String part(String price) {
        return new BigDecimal(price)
                .subtract(new BigDecimal("0.0" + random.nextInt(3)))
                .toPlainString();
    }

    static ObjectNode body(Sale sale) {
        try {
            byte[] body = Objects.requireNonNull(sale.delivery()).body();
            return (ObjectNode) JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sale " + sale.orderId() + ": not JSON", e);
        }
    }
}
