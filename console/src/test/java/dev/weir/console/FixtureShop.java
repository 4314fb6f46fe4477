package dev.weir.console;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds and the sandbox checkout: 4242… pays, …3155 asks the bank, …0002 is declined. */
final class FixtureShop {
    static final String DECLINED = "4000000000000002";
    static final String BANK_ASKS = "4000002500003155";

    private final FixtureShow show;
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(100);
    volatile int holdSeconds = 90;
    volatile String lastTouch = "";

    final FixtureLine line;

    private static final class Hold {
        String id = "";
        String sku = "";
        String toCome = "[]";
        Instant expiresAt = Instant.EPOCH;
        volatile String state = "HELD";
        volatile String checkoutState = "OPEN";
    }

    record Answer(int status, String body) {}

    FixtureShop(FixtureShow show) {
        this.show = show;
        this.line = new FixtureLine(show, this);
    }

    Answer take(String body) {
        lastTouch = body;
        return take(field(body, "sku"), false);
    }

    /** {@code handed}: a unit that has just come back, and that nobody saw. */
    Answer take(String sku, boolean handed) {
        String toCome = show.toCome(sku);
        synchronized (show) {
            if (!handed && show.available(sku) < 1) {
                return new Answer(409, """
                    {"type":"/problems/sold-out","title":"Sold out","status":409,"detail":"%s: 0 units (expected: 1)","sku":"%s","available":0}""".formatted(sku, sku));
            }
            show.move(sku, handed ? 0 : -1);
        }
        Hold hold = new Hold();
        hold.toCome = toCome;
        hold.id = "h" + numbers.incrementAndGet();
        hold.sku = sku;
        hold.expiresAt = Instant.now().plusSeconds(holdSeconds);
        holds.put(hold.id, hold);
        return new Answer(201, json(hold));
    }

    Answer hold(String id) {
        Hold hold = holds.get(id);
        if (hold.state.equals("HELD") && hold.expiresAt.isBefore(Instant.now())) {
            hold.state = "EXPIRED";
            show.move(hold.sku, 1);
        }
        return new Answer(200, json(hold));
    }

    Answer release(String id) {
        Hold hold = holds.get(id);
        if (hold.state.equals("HELD")) {
            hold.state = "RELEASED";
            show.move(hold.sku, 1);
        }
        return new Answer(204, "");
    }

    String stateOf(String id) {
        return holds.get(id).state;
    }

    Answer open(String body) {
        Hold hold = holds.get(field(body, "holdToken").substring(4));
        return new Answer(
                201, """
            {"id":"c-%s","clientSecret":"secret-%s","publishableKey":"pk_sandbox_fixture","confirmUrl":"/sandbox/confirm/%s","expiresAt":"%s","state":"OPEN","total":%s}""".formatted(hold.id, hold.id, hold.id, hold.expiresAt, FixtureShow.eur(show.price(hold.sku))));
    }

    Answer checkout(String id) {
        Hold hold = holds.get(id.substring(2));
        String order = hold.checkoutState.equals("PAID") ? "\"W-2026-" + hold.id + "\"" : "null";
        return new Answer(
                200,
                "{\"id\":\"%s\",\"state\":\"%s\",\"orderId\":%s,\"total\":%s}"
                        .formatted(id, hold.checkoutState, order, FixtureShow.eur(show.price(hold.sku))));
    }

    Answer confirm(String id, String body) {
        return switch (field(body, "number")) {
            case DECLINED -> new Answer(200, """
                {"status":"requires_payment_method","error":{"message":"Your card was declined."}}""");
            case BANK_ASKS -> new Answer(200, """
                {"status":"requires_action","nextAction":{"type":"sandbox_challenge"}}""");
            default -> pay(id);
        };
    }

    Answer challenge(String id, String body) {
        return body.contains("\"approve\":true") ? pay(id) : new Answer(200, """
                    {"status":"requires_payment_method","error":{"message":"Your bank refused the payment."}}""");
    }

    private Answer pay(String id) {
        Hold hold = holds.get(id);
        hold.state = "COMMITTED";
        hold.checkoutState = "PAID";
        show.send(
                "sale",
                "{\"orderId\":\"W-2026-%s\",\"sku\":\"%s\",\"quantity\":1,\"amount\":%s,\"channel\":\"PLAYER\",\"at\":\"%s\"}"
                        .formatted(id, hold.sku, FixtureShow.eur(show.price(hold.sku)), Instant.now()));
        return new Answer(200, "{\"status\":\"requires_capture\"}");
    }

    private String json(Hold hold) {
        String price = FixtureShow.eur(show.price(hold.sku));
        return """
            {"id":"%s","token":"tok-%s","expiresAt":"%s","lines":[{"sku":"%s","quantity":1,"unitPrice":%s}],"state":"%s","total":%s,"preOrder":%s}""".formatted(hold.id, hold.id, hold.expiresAt, hold.sku, price, hold.state, price, hold.toCome);
    }

    static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : "";
    }
}
