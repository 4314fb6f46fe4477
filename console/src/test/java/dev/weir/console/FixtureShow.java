package dev.weir.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One show with five products, its event stream and its chat, all in memory. */
final class FixtureShow {
    static final String ID = "sh_01";
    static final String SLUG = "kiln-night";

    private final Map<String, Product> products = new LinkedHashMap<>();
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
    private final List<String> chat = new CopyOnWriteArrayList<>();
    private long version;
    volatile String state = "LIVE";
    volatile boolean hostConnected;
    volatile String pinned = "MUG-OCEAN";

    private record Product(
            String sku,
            String title,
            String price,
            String listPrice,
            int available,
            int hue,
            int preOrder,
            String shipsFrom,
            boolean line) {
        Product with(int units, int toCome, String day, boolean mayWait) {
            return new Product(sku, title, price, listPrice, units, hue, toCome, day, mayWait);
        }

        Product at(String amount) {
            return new Product(sku, title, amount, listPrice, available, hue, preOrder, shipsFrom, line);
        }

        String terms() {
            return "\"available\":%d,\"preOrder\":%d,\"shipsFrom\":%s,\"line\":%s"
                    .formatted(available, preOrder, shipsFrom.isEmpty() ? "null" : "\"" + shipsFrom + "\"", line);
        }
    }

    FixtureShow() {
        add("MUG-OCEAN", "Ocean glaze mug, hand thrown", "24.90", "32.00", 3, 190);
        add("BOWL-EMBER", "Ember bowl", "39.00", "39.00", 18, 16);
        add("VASE-TALL", "Tall saffron vase", "74.50", "74.50", 7, 38);
        add("PLATE-SET", "Set of four dinner plates", "96.00", "120.00", 41, 280);
        add("TEA-CUP", "Tea cup without a handle", "14.00", "14.00", 0, 120);
        List.of(
                        "Mara:That glaze!",
                        "Jonas:Is the mug dishwasher safe?",
                        "Aiko:Just got mine, thank you",
                        "Lena:Greetings from Graz")
                .forEach(line -> say(line.split(":")[0], line.split(":")[1]));
    }

    private void add(String sku, String title, String price, String listPrice, int available, int hue) {
        products.put(sku, new Product(sku, title, price, listPrice, available, hue, 0, "", false));
    }

    synchronized String json() {
        String list = String.join(
                ",", products.values().stream().map(FixtureShow::json).toList());
        return """
            {"id":"sh_01","slug":"kiln-night","title":"Kiln night: the autumn glazes","host":"Ines Ortega","brand":"Tonwerk","state":"%s",
             "startedAt":"%s","products":[%s],"pin":%s,"viewers":1284,"hostConnected":%s}""".formatted(
                state,
                Instant.now().minusSeconds(1260),
                list,
                pinned.isEmpty() ? "null" : "{\"sku\":\"" + pinned + "\",\"pinnedAt\":\"" + Instant.now() + "\"}",
                hostConnected);
    }

    private static String json(Product p) {
        return """
            {"sku":"%s","title":"%s","price":%s,"listPrice":%s,%s,"imageUrl":"/pictures/%d.svg"}""".formatted(p.sku, p.title, eur(p.price), eur(p.listPrice), p.terms(), p.hue);
    }

    static String eur(String amount) {
        return "{\"amount\":\"" + amount + "\",\"currency\":\"EUR\"}";
    }

    synchronized int available(String sku) {
        return products.get(sku).available;
    }

    synchronized String price(String sku) {
        return products.get(sku).price;
    }

    synchronized void move(String sku, int units) {
        Product p = products.get(sku);
        tell(p.with(p.available + units, Math.min(p.preOrder, p.available + units), p.shipsFrom, p.line));
    }

    /** So many more may be pre-ordered. */
    synchronized void preOrder(String sku, int units, String day) {
        Product p = products.get(sku);
        tell(p.with(p.available + units, p.preOrder + units, day, p.line));
    }

    /** Buyers may wait in line for it. */
    synchronized void line(String sku) {
        Product p = products.get(sku);
        tell(p.with(p.available, p.preOrder, p.shipsFrom, true));
    }

    private void tell(Product p) {
        products.put(p.sku, p);
        send("stock", "{\"sku\":\"%s\",%s,\"version\":%d}".formatted(p.sku, p.terms(), ++version));
    }

    /** What a hold of one unit says of those that are not there yet. */
    synchronized String toCome(String sku) {
        Product p = products.get(sku);
        return p.preOrder > 0 && p.preOrder >= p.available
                ? "[{\"sku\":\"%s\",\"units\":1,\"shipsFrom\":\"%s\"}]".formatted(sku, p.shipsFrom)
                : "[]";
    }

    synchronized void reprice(String sku, String amount) {
        Product p = products.get(sku);
        products.put(sku, p.at(amount));
        send("price", "{\"sku\":\"%s\",\"price\":%s,\"listPrice\":%s}".formatted(sku, eur(amount), eur(p.listPrice)));
    }

    void pin(String sku) {
        pinned = sku;
        if (sku.isEmpty()) {
            send("unpin", "{}");
        } else {
            send("pin", "{\"sku\":\"%s\",\"pinnedAt\":\"%s\"}".formatted(sku, Instant.now()));
        }
    }

    String say(String name, String text) {
        String message = "{\"id\":\"m%d\",\"name\":\"%s\",\"text\":\"%s\",\"at\":\"%s\"}"
                .formatted(chat.size(), name, text, Instant.now());
        chat.add(message);
        send("chat", message);
        return message;
    }

    String chatJson() {
        return "{\"items\":[" + String.join(",", chat) + "]}";
    }

    void listen(OutputStream out) throws IOException {
        out.write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        listeners.add(out);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    void send(String event, String data) {
        byte[] bytes =
                ("event: " + event + "\ndata: " + data.replace("\n", " ") + "\n\n").getBytes(StandardCharsets.UTF_8);
        for (OutputStream out : listeners) {
            try {
                synchronized (out) {
                    out.write(bytes);
                    out.flush();
                }
            } catch (IOException gone) {
                listeners.remove(out);
            }
        }
    }
}
